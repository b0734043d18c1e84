# The site's ways of working, with one status (parked) that no connector is told about: one where employees may say "it works", one where they may not, and RT's own default.
use utf8;

my @inactive = ('resolved', 'closed', 'rejected', 'deleted');
my @active = qw(open scheduled dispatched waiting parked);
my @all = ('new', @active, @inactive);
my %moves = (
    ''         => [qw(new open)],
    new        => [qw(open scheduled dispatched waiting resolved rejected deleted)],
    open       => [qw(new scheduled dispatched waiting parked resolved rejected deleted)],
    parked     => [qw(open resolved)],
    scheduled  => [qw(open dispatched waiting resolved rejected deleted)],
    dispatched => [qw(open scheduled waiting resolved rejected deleted)],
    waiting    => [qw(open scheduled dispatched resolved rejected deleted)],
    resolved   => [qw(open closed)],
    closed     => [qw(open)],
    rejected   => [qw(open)],
    deleted    => [qw(open)],
);
my %shape = (
    initial     => ['new'],
    active      => [@active],
    inactive    => [@inactive],
    defaults    => { on_create => 'new', approved => 'open', denied => 'rejected',
                     reminder_on_open => 'open', reminder_on_resolve => 'resolved' },
    transitions => {%moves},
);
my @reopen = ('resolved -> open' => { label => 'Re-open', update => 'Respond' });

my %from_default = (
    new => 'new', open => 'open', stalled => 'waiting', resolved => 'resolved', rejected => 'rejected', deleted => 'deleted',
);
my %to_default = (
    %from_default, scheduled => 'open', dispatched => 'open', parked => 'open', waiting => 'stalled', closed => 'resolved',
);
delete $to_default{stalled};

Set(%Lifecycles,
    # ConfirmFix is a right of this site, made by being named here; the seed grants it to requestors.
    itdesk => {
        %shape,
        rights  => { '* -> deleted' => 'DeleteTicket', 'resolved -> open' => 'ReplyToTicket',
                     'closed -> open' => 'ReplyToTicket', 'resolved -> closed' => 'ConfirmFix',
                     '* -> *' => 'ModifyTicket' },
        actions => [ @reopen, 'resolved -> closed' => { label => 'It works', update => 'Respond' } ],
    },
    itdesk_strict => {
        %shape,
        rights  => { '* -> deleted' => 'DeleteTicket', 'resolved -> open' => 'ReplyToTicket',
                     '* -> *' => 'ModifyTicket' },
        actions => [@reopen],
    },
    __maps__ => {
        (map { ("default -> $_" => {%from_default}, "$_ -> default" => {%to_default}) } 'itdesk', 'itdesk_strict'),
        'itdesk -> itdesk_strict' => { map { $_ => $_ } @all },
        'itdesk_strict -> itdesk' => { map { $_ => $_ } @all },
    },
);
1;
