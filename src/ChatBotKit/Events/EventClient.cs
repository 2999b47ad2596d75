namespace ChatBotKit;

/// <summary>What happens in the account.</summary>
public class EventClient : ChatBotKitClient
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public EventClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public EventClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected EventClient()
    {
    }

    /// <summary>Gets the log of events.</summary>
    public virtual EventLogClient Log => field ??= new EventLogClient(this);
}
