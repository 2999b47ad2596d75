namespace ChatBotKit;

/// <summary>Reads the events of the account.</summary>
public class EventClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="EventClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public EventClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="EventClient"/> class with the options and connections of another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public EventClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="EventClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected EventClient()
    {
    }

    /// <summary>Gets the event log.</summary>
    public virtual EventLogClient Log => field ??= new EventLogClient(this);
}
