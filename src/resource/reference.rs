//! What a reference leads to, by the type of the resource alone.

use crate::resource::Kind;

/// What kind of thing a resource is that a value refers to. Most are only pointed at and never read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefKind {
    /// A resource that becomes a request of this kind.
    Request(Kind),
    /// An EC2 VPC.
    Vpc,
    /// The VPC that every region begins with.
    DefaultVpc,
    /// An EC2 internet gateway.
    InternetGateway,
    /// An EC2 NAT gateway, or another gateway that leads to no public address.
    PrivateGateway,
    /// The list of the Availability Zones of a region.
    ZoneList,
    /// The wait for a certificate of ACM to be issued.
    CertificateValidation,
    /// An IAM instance profile.
    InstanceProfile,
    /// An IAM user.
    User,
    /// An IAM group.
    Group,
    /// A version of a secret of Secrets Manager, with the secret itself in it.
    SecretVersion,
    /// A password that is generated where the files are evaluated.
    GeneratedPassword,
    /// Random bytes or letters that are generated where the files are evaluated.
    RandomValue,
    /// The outputs of another root module.
    RemoteState,
}
