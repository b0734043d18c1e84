# The site's people, queues, rights and articles; run once by rt-setup-database for the template, before the script
# for administrators (resources/rt/tracker-initialdata.pl), which makes IT Support's fields and gives the rights on them.
use utf8;
our (@Queues, @Users, @Groups, @ACL, @Classes, @Final);

my @queue_names = ('IT Support', 'Workplace', 'Facilities');

# IT Support: "it works" closes.  Workplace: only the rating field.  Facilities: RT's own lifecycle and neither.
@Queues = (
    { Name => 'IT Support', Description => 'Computers, programs and accounts', Lifecycle => 'itdesk',
      CorrespondAddress => 'it@desk.example.test', CommentAddress => 'it-comment@desk.example.test', SLADisabled => 1 },
    { Name => 'Workplace', Description => 'Desks, chairs and phones', Lifecycle => 'itdesk_strict', SLADisabled => 1 },
    { Name => 'Facilities', Description => 'The building', Lifecycle => 'default', SLADisabled => 1 },
);
@Groups = ({ Domain => 'UserDefined', Name => 'IT Technicians', Description => 'Service desk staff' });
@Users = (
    { Name => 'jane', RealName => 'Jane Doe', EmailAddress => 'jane@example.test', Password => 'jane-pass', Privileged => 0 },
    { Name => 'omar', RealName => 'Omar Ali', EmailAddress => 'omar@example.test', Password => 'omar-pass', Privileged => 0 },
    { Name => 'yuki', RealName => 'Yuki Sato', EmailAddress => 'yuki@example.test', Password => 'yuki-pass', Privileged => 0,
      Timezone => 'Asia/Tokyo' },
    { Name => 'tess', RealName => 'Tess Tech', EmailAddress => 'tess@example.test', Password => 'tess-pass', Privileged => 1,
      Timezone => 'UTC' },
    { Name => 'theo', RealName => 'Theo Tools', EmailAddress => 'theo@example.test', Password => 'theo-pass', Privileged => 1,
      Timezone => 'UTC' },
);
@Classes = ({ Name => 'Help', Description => 'Answers for employees' });

sub rights {
    my ($queue, $who, @names) = @_;
    return map +{ %$who, Queue => $queue, Right => $_ }, @names;
}
my %everyone  = (GroupDomain => 'SystemInternal', GroupType => 'Everyone');
my %requestor = (GroupDomain => 'RT::Queue-Role', GroupType => 'Requestor');
my %cc        = (GroupDomain => 'RT::Queue-Role', GroupType => 'Cc');
my %staff     = (GroupDomain => 'UserDefined', GroupId => 'IT Technicians');
# IT Support has its own rights from the script.
for my $queue (grep { $_ ne 'IT Support' } @queue_names) {
    push @ACL, rights($queue, \%everyone, qw(SeeQueue CreateTicket ReplyToTicket));
    push @ACL, rights($queue, \%requestor, qw(ShowTicket ReplyToTicket));
    push @ACL, rights($queue, \%cc, qw(ShowTicket ReplyToTicket));
    push @ACL, rights($queue, \%staff, qw(SeeQueue ShowTicket ShowTicketComments CommentOnTicket ReplyToTicket OwnTicket
        TakeTicket StealTicket ModifyTicket ReassignTicket CreateTicket Watch WatchAsAdminCc ShowOutgoingEmail
        SeeCustomField ModifyCustomField));
}
push @ACL, rights('IT Support', \%everyone, 'ReplyToTicket');  # a slip many sites make, and a trap for programs
# Only its staff sees that this queue exists: what reaches it from an employee's request leaves their sight.
push @ACL, rights('General', \%staff, qw(SeeQueue ShowTicket CreateTicket ModifyTicket ReplyToTicket OwnTicket TakeTicket));

sub join_staff {
    my $group = RT::Group->new(RT->SystemUser);
    $group->LoadUserDefinedGroup('IT Technicians');
    for my $name ('tess', 'theo') {
        my $user = RT::User->new(RT->SystemUser);
        $user->Load($name);
        $group->AddMember($user->PrincipalId);
    }
}

sub write_articles {
    my ($everyone) = @_;
    my $class = RT::Class->new(RT->SystemUser);
    $class->Load('Help');
    $everyone->GrantRight(Right => $_, Object => $class) for qw(ShowArticle SeeClass);
    my $body = RT::CustomField->new(RT->SystemUser);
    $body->Create(Name => 'Body', Type => 'Text', MaxValues => 1, LookupType => 'RT::Class-RT::Article');
    $body->AddToObject($class);
    $everyone->GrantRight(Right => 'SeeCustomField', Object => $body);
    my @texts = (
        ['Connect to the office VPN', 'vpn remote access', "Install the VPN client.\nThen sign in with your normal password."],
        ['Printer shows offline', 'printer paper queue', 'Restart the print spooler, then pick the printer nearest to you.'],
        ['New phone', 'phone mail', '<p>Add your account.<script>steal()</script><img src="http://tracker.invalid/x.png"></p>'],
    );
    for my $text (@texts) {
        my $article = RT::Article->new(RT->SystemUser);
        $article->Create(Class => 'Help', Name => $text->[0], Summary => $text->[1], 'CustomField-' . $body->id => $text->[2]);
    }
}

# An administrator makes tokens: employees can't make their own in RT 5.
sub write_tokens {
    open my $file, '>', $ENV{RT_RIG_TOKENS} or die "$ENV{RT_RIG_TOKENS}: $!";
    for my $name (qw(jane omar yuki tess theo)) {
        my $user = RT::User->new(RT->SystemUser);
        $user->Load($name);
        my $token = RT::AuthToken->new(RT->SystemUser);
        my ($ok, $message, $secret) = $token->Create(Owner => $user->id, Description => 'desktop client');
        die "$name: $message" unless $ok;
        print $file "$name $secret\n";
    }
    close $file or die $!;
}

@Final = (sub {
    my $group = RT::Group->new(RT->SystemUser);
    $group->LoadSystemInternalGroup('Everyone');
    my $everyone = $group->PrincipalObj;
    join_staff();
    write_articles($everyone);
    write_tokens();
});
1;
