# What Request Tracker needs so that employees can follow visits, promises, calls and waits with Tracker:
# custom fields on your queues, and rights. First put tracker-lifecycle.pm in place and restart RT, then run, as root:
#
#   TRACKER_QUEUES='IT Support' TRACKER_STAFF='IT Technicians' \
#       rt-setup-database-5 --action insert --datafile tracker-initialdata.pl
#
# It may be run again, for example for another queue: what is there already is left as it is, nothing is taken away.
#   TRACKER_QUEUES     names of the queues, with commas; one that is not there is made, with the lifecycle "itdesk"
#   TRACKER_STAFF      the group of those who work on requests; made, empty, if it is not there
#   TRACKER_EMPLOYEES  the group of those who may ask; empty: everybody who has an account
use utf8;
our @Final;

my @queues    = grep { length } map { s/^\s+|\s+$//gr } split /,/, $ENV{TRACKER_QUEUES} // 'IT Support';
my $staff     = $ENV{TRACKER_STAFF} || 'IT Technicians';
my $employees = $ENV{TRACKER_EMPLOYEES};

# Name, type, what the requester may do with it, what may be chosen.
my @fields = (
    ['Technician visit',    'DateTime', 'see'],    # from when somebody comes
    ['Visit until',         'DateTime', 'see'],    # the end of that window
    ['Visit state',         'Select',   'see', 'booked', 'on the way', 'on site', 'done', 'nobody in', 'cancelled'],
    ['Visit technician',    'Freeform', 'see'],    # empty: the owner of the request
    ['Arrival from',        'DateTime', 'see'],    # on the way: between when ...
    ['Arrival until',       'DateTime', 'see'],    # ... and when
    ['Visit time zone',     'Freeform', 'see'],    # for another site, such as Europe/Lisbon
    ['Visit preparation',   'Text',     'see'],    # what to have ready, a thing a line
    ['Visit note',          'Freeform', 'see'],    # what was done, or why it was not
    ['Location',            'Freeform', 'set'],    # where the technician shall come
    ['How to find me',      'Freeform', 'set'],
    ['Next update by',      'DateTime', 'see'],    # a promise to write; RT's own Due is the promise to have it fixed
    ['Reason for new date', 'Freeform', 'see'],    # why either was moved
    ['Waiting reason',      'Freeform', 'see'],
    ['Waiting until',       'DateTime', 'see'],
    ['Waiting for',         'Freeform', 'see'],    # who can end it
    ['Meanwhile',           'Freeform', 'see'],    # what the requester can do until then
    ['Call state',          'Select',   'set', 'asked', 'booked', 'tried', 'done', 'missed', 'cancelled'],
    ['Call from',           'DateTime', 'see'],    # the window you will ring in
    ['Call until',          'DateTime', 'see'],
    ['Call number',         'Freeform', 'set'],
    ['Call windows',        'Freeform', 'set'],    # when the requester is free, in UTC
    ['Satisfaction',        'Select',   'set', 1 .. 5],
    ['Rating comment',      'Freeform', 'set'],
    ['Client id',           'Freeform', 'set'],    # the program's own proof that a message arrived
);

sub tracker_say { print "Tracker: @_\n" }

sub tracker_group {
    my ($load, @which) = @_;
    my $group = RT::Group->new(RT->SystemUser);
    $group->$load(@which);
    return $group;
}

sub tracker_staff {
    my $group = tracker_group(LoadUserDefinedGroup => $staff);
    return $group->PrincipalObj if $group->id;
    my ($made, $message) = $group->CreateUserDefinedGroup(Name => $staff, Description => 'Service desk staff');
    die "The group $staff cannot be made: $message\n" unless $made;
    tracker_say("made the group $staff");
    return $group->PrincipalObj;
}

sub tracker_employees {
    return tracker_group(LoadSystemInternalGroup => 'Everyone')->PrincipalObj unless $employees;
    my $group = tracker_group(LoadUserDefinedGroup => $employees);
    die "There is no group $employees.\n" unless $group->id;
    return $group->PrincipalObj;
}

sub tracker_queue {
    my ($name) = @_;
    die "The lifecycle itdesk is not there: put tracker-lifecycle.pm in place first.\n"
        unless grep { $_ eq 'itdesk' } RT::Lifecycle->List;
    my $queue = RT::Queue->new(RT->SystemUser);
    $queue->Load($name);
    if ($queue->id) {
        tracker_say("the queue $name keeps its lifecycle " . $queue->Lifecycle) if $queue->Lifecycle ne 'itdesk';
        return $queue;
    }
    my ($made, $message) = $queue->Create(Name => $name, Lifecycle => 'itdesk');
    die "The queue $name cannot be made: $message\n" unless $made;
    tracker_say("made the queue $name");
    return $queue;
}

# RT says no to a right that is there already, which is as good.
sub tracker_grant {
    my ($who, $object, @rights) = @_;
    for my $right (@rights) {
        my ($done, $message) = $who->GrantRight(Right => $right, Object => $object);
        my $held = $who->HasRight(Right => $right, Object => $object, IncludeSuperusers => 0);
        die "The right $right cannot be given: $message\n" unless $done || $held || $message =~ /already/i;
    }
}

sub tracker_field {
    my ($name, $type, $may, @choices) = @_;
    my $field = RT::CustomField->new(RT->SystemUser);
    $field->LoadByCols(Name => $name, LookupType => 'RT::Queue-RT::Ticket', Disabled => 0);
    if ($field->id && $field->Type ne $type) {
        die "There is a field $name of the type " . $field->Type . ", not $type. Rename one of them.\n";
    }
    if (!$field->id) {
        my ($made, $message) = $field->Create(
            Name => $name, Type => $type, MaxValues => 1, LookupType => 'RT::Queue-RT::Ticket',
            $type eq 'Select' ? (RenderType => 'Dropdown') : (),
        );
        die "The field $name cannot be made: $message\n" unless $made;
        my $order = 0;
        $field->AddValue(Name => $_, SortOrder => $order++) for @choices;
        tracker_say("made the field $name");
    }
    return $field;
}

sub tracker_queue_rights {
    my ($queue, $everybody, $agents) = @_;
    tracker_grant($everybody, $queue, qw(SeeQueue CreateTicket));
    for my $role (qw(Requestor Cc)) {
        my $group = RT::Group->new(RT->SystemUser);
        $group->LoadRoleGroup(Object => $queue, Name => $role);
        # CommentOnTicket is for thanks that open nothing; it lets nobody read comments.
        tracker_grant($group->PrincipalObj, $queue, qw(ShowTicket ReplyToTicket CommentOnTicket));
        tracker_grant($group->PrincipalObj, $queue, 'ConfirmFix') if $role eq 'Requestor';
    }
    tracker_grant($agents, $queue, qw(SeeQueue CreateTicket ShowTicket ShowTicketComments ShowOutgoingEmail
        ReplyToTicket CommentOnTicket ModifyTicket OwnTicket TakeTicket StealTicket ReassignTicket
        SeeCustomField ModifyCustomField ConfirmFix));
}

@Final = (sub {
    my ($everybody, $agents) = (tracker_employees(), tracker_staff());
    for my $queue (map { tracker_queue($_) } @queues) {
        tracker_queue_rights($queue, $everybody, $agents);
        for my $told (@fields) {
            my $field = tracker_field(@$told);
            $field->AddToObject($queue) unless $field->IsAdded($queue->id) || $field->IsGlobal;
            tracker_grant($everybody, $field, 'SeeCustomField');
            tracker_grant($everybody, $field, 'ModifyCustomField') if $told->[2] eq 'set';
        }
        tracker_say('the queue ' . $queue->Name . ' is ready');
    }
});
1;
