# What the tests need beside the script for administrators: a field of the staff's own, and a few of the script's fields
# on a queue that is poorer. Run after it.
use utf8;
our @Final;

sub field_of_the_script {
    my ($name) = @_;
    my $field = RT::CustomField->new(RT->SystemUser);
    $field->LoadByCols(Name => $name, LookupType => 'RT::Queue-RT::Ticket');
    die "no field $name" unless $field->id;
    return $field;
}

@Final = (sub {
    my %queue;
    for my $name ('IT Support', 'Workplace') {
        $queue{$name} = RT::Queue->new(RT->SystemUser);
        $queue{$name}->Load($name);
    }
    field_of_the_script($_)->AddToObject($queue{Workplace})
        for 'Technician visit', 'Next update by', 'Location', 'Satisfaction';
    my $secret = RT::CustomField->new(RT->SystemUser);
    $secret->Create(
        Name => 'Internal cost code', Type => 'Freeform', MaxValues => 1, LookupType => 'RT::Queue-RT::Ticket');
    $secret->AddToObject($queue{'IT Support'});
});
1;
