# The statuses of a queue whose requests employees follow with Tracker.
#
# Put this file into RT's folder RT_SiteConfig.d (Debian: /etc/request-tracker5/RT_SiteConfig.d/) and restart RT;
# then run tracker-initialdata.pl. Rename the lifecycle or leave statuses out as you like: what the program must
# know of that is said in docs/desks/request-tracker.md.
use utf8;

my @waiting = ('waiting', map("waiting for $_", qw(supplier parts approval change)));
my @active  = ('open', 'scheduled', 'dispatched', 'on site', @waiting);
my @ends    = qw(resolved rejected deleted);

Set(%Lifecycles,
    itdesk => {
        initial  => ['new'],
        active   => [@active],
        inactive => [qw(resolved closed rejected deleted)],
        defaults => {
            on_create        => 'new',
            approved         => 'open',
            denied           => 'rejected',
            reminder_on_open => 'open', reminder_on_resolve => 'resolved',
        },
        # "open" comes first wherever it may follow: a reply to a request that has ended opens it by the first
        # active status in its line (RT::Action::AutoOpenInactive).
        transitions => {
            '' => [qw(new open)],
            (map { my $from = $_; $from => [grep { $_ ne $from } @active, @ends] } 'new', @active),
            resolved => [qw(open closed)],
            closed   => ['open'],
            rejected => ['open'],
            deleted  => ['open'],
        },
        # ConfirmFix is a right of this site: RT makes it because it is named here.
        rights => {
            '* -> deleted'       => 'DeleteTicket',
            'resolved -> closed' => 'ConfirmFix',
            'resolved -> open'   => 'ReplyToTicket',
            'closed -> open'     => 'ReplyToTicket',
            '* -> *'             => 'ModifyTicket',
        },
        actions => [
            'resolved -> closed' => { label => 'It works', update => 'Respond' },
            'resolved -> open'   => { label => 'Re-open',  update => 'Respond' },
            'closed -> open'     => { label => 'Re-open',  update => 'Respond' },
        ],
    },
    # How statuses change when a request moves between this lifecycle and RT's own.
    __maps__ => {
        'default -> itdesk' => {
            new => 'new', open => 'open', stalled => 'waiting',
            resolved => 'resolved', rejected => 'rejected', deleted => 'deleted',
        },
        'itdesk -> default' => {
            (map { $_ => 'open' } @active), (map { $_ => 'stalled' } @waiting),
            new => 'new', resolved => 'resolved', closed => 'resolved', rejected => 'rejected', deleted => 'deleted',
        },
    },
);
1;
