namespace ChatBotKit;

/// <summary>
/// The whole API: one property for each resource, on paths like those of the routes. All of them share the options and
/// connections of this client.
/// </summary>
public class ChatBotKitApi : ChatBotKitClient
{
    /// <summary>Makes a client of the whole API.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public ChatBotKitApi(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected ChatBotKitApi()
    {
    }

    /// <summary>Gets the conversations and what belongs to them.</summary>
    public virtual ConversationClient Conversation => field ??= new ConversationClient(this);

    /// <summary>Gets the channels, on which messages are published and received.</summary>
    public virtual ChannelClient Channel => field ??= new ChannelClient(this);

    /// <summary>Gets what the platform offers.</summary>
    public virtual PlatformClient Platform => field ??= new PlatformClient(this);

    /// <summary>Gets the sessions of the account, their audit records and the keys that sign their tokens.</summary>
    public virtual AccountSessionClient Session => field ??= new AccountSessionClient(this);
    /// <summary>Gets what connects bots, datasets and skillsets with other services.</summary>
    public virtual IntegrationClient Integration => field ??= new IntegrationClient(this);
    /// <summary>Gets the bots: models with instructions, datasets and skillsets.</summary>
    public virtual BotClient Bot => field ??= new BotClient(this);

    /// <summary>Gets the datasets, in which models find what they must know.</summary>
    public virtual DatasetClient Dataset => field ??= new DatasetClient(this);

    /// <summary>Gets the skillsets, whose abilities models can use.</summary>
    public virtual SkillsetClient Skillset => field ??= new SkillsetClient(this);

    /// <summary>
    /// Gets the secrets: credentials that abilities use. The credential of this client itself has the same name on the base
    /// class and is read with a cast to <see cref="ChatBotKitClient"/>.
    /// </summary>
    public new virtual SecretClient Secret => field ??= new SecretClient(this);

    /// <summary>Gets the files.</summary>
    public virtual FileClient File => field ??= new FileClient(this);

    /// <summary>Gets the memories: what bots remember of contacts.</summary>
    public virtual MemoryClient Memory => field ??= new MemoryClient(this);

    /// <summary>Gets the spaces: files in folders, which bots and people work on.</summary>
    public virtual SpaceClient Space => field ??= new SpaceClient(this);

    /// <summary>Gets the tasks, which bots do by themselves.</summary>
    public virtual TaskClient Task => field ??= new TaskClient(this);
}
