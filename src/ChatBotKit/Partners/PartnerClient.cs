namespace ChatBotKit;

/// <summary>Partners: accounts that have users with accounts of their own below them.</summary>
public class PartnerClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PartnerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PartnerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PartnerClient()
    {
    }

    /// <summary>Gets the users of the partner.</summary>
    public virtual PartnerUserClient User => field ??= new PartnerUserClient(this);
}
