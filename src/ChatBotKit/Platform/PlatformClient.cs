namespace ChatBotKit;

/// <summary>What the platform offers to everybody.</summary>
public class PlatformClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public PlatformClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public PlatformClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected PlatformClient()
    {
    }

    /// <summary>Gets the models.</summary>
    public virtual PlatformModelClient Model => field ??= new PlatformModelClient(this);
}
