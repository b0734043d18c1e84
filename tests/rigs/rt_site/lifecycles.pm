# Beside resources/rt/tracker-lifecycle.pm: a way of working where employees may not say "it works", where closed is the
# end, and with one status (parked) that no connector is told about. This file comes first, so its maps are the ones used.
use utf8;

my @active = qw(open scheduled dispatched waiting parked);
my @same = ('new', qw(open scheduled dispatched waiting resolved closed rejected deleted));
my %on_hold = map { ("waiting for $_" => 'waiting') } qw(supplier parts approval change);
my %from_default = (
    new => 'new', open => 'open', stalled => 'waiting', resolved => 'resolved', rejected => 'rejected', deleted => 'deleted',
);
my %to_default = (
    (map { $_ => 'open' } @active, 'on site'), (map { $_ => 'stalled' } 'waiting', keys %on_hold),
    new => 'new', resolved => 'resolved', closed => 'resolved', rejected => 'rejected', deleted => 'deleted',
);

Set(%Lifecycles,
    itdesk_strict => {
        initial     => ['new'],
        active      => [@active],
        inactive    => [qw(resolved closed rejected deleted)],
        defaults    => { on_create => 'new', approved => 'open', denied => 'rejected',
                         reminder_on_open => 'open', reminder_on_resolve => 'resolved' },
        transitions => {
            ''         => [qw(new open)],
            new        => [qw(open scheduled dispatched waiting resolved rejected deleted)],
            open       => [qw(new scheduled dispatched waiting parked resolved rejected deleted)],
            parked     => [qw(open resolved)],
            scheduled  => [qw(open dispatched waiting resolved rejected deleted)],
            dispatched => [qw(open scheduled waiting resolved rejected deleted)],
            waiting    => [qw(open scheduled dispatched resolved rejected deleted)],
            resolved   => [qw(open closed)],
            closed     => [],
            rejected   => [qw(open)],
            deleted    => [qw(open)],
        },
        rights  => { '* -> deleted' => 'DeleteTicket', 'resolved -> open' => 'ReplyToTicket',
                     '* -> *' => 'ModifyTicket' },
        actions => ['resolved -> open' => { label => 'Re-open', update => 'Respond' }],
    },
    __maps__ => {
        (map { ("default -> $_" => {%from_default}, "$_ -> default" => {%to_default}) } 'itdesk', 'itdesk_strict'),
        'itdesk -> itdesk_strict' => { (map { $_ => $_ } @same), %on_hold, 'on site' => 'dispatched' },
        'itdesk_strict -> itdesk' => { (map { $_ => $_ } @same), parked => 'open' },
    },
);
1;
