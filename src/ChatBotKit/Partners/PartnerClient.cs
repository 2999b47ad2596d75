namespace ChatBotKit;

/// <summary>Provides the operations for partners: accounts whose users have accounts of their own.</summary>
public class PartnerClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PartnerClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PartnerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PartnerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PartnerClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected PartnerClient()
    {
    }

    /// <summary>Gets the users of the partner.</summary>
    public virtual PartnerUserClient User => field ??= new PartnerUserClient(this);
}
