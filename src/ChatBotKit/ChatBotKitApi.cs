namespace ChatBotKit;

/// <summary>
/// The whole API: one property for each resource, on paths like those of the routes. All of them share the options and
/// connections of this client.
/// </summary>
public class ChatBotKitApi : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="ChatBotKitApi"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public ChatBotKitApi(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="ChatBotKitApi"/> class without options, for fakes that override the
    /// operations that they need.
    /// </summary>
    protected ChatBotKitApi()
    {
    }

    /// <summary>Gets the blueprints: resources that belong together.</summary>
    public virtual BlueprintClient Blueprint => field ??= new BlueprintClient(this);

    /// <summary>Gets the bots: models with instructions, datasets and skillsets.</summary>
    public virtual BotClient Bot => field ??= new BotClient(this);

    /// <summary>Gets the channels, on which messages are published and received.</summary>
    public virtual ChannelClient Channel => field ??= new ChannelClient(this);

    /// <summary>Gets the contacts: the people that bots talk with.</summary>
    public virtual ContactClient Contact => field ??= new ContactClient(this);

    /// <summary>Gets the conversations and what belongs to them.</summary>
    public virtual ConversationClient Conversation => field ??= new ConversationClient(this);

    /// <summary>Gets the datasets, in which models find what they must know.</summary>
    public virtual DatasetClient Dataset => field ??= new DatasetClient(this);

    /// <summary>Gets the log of what happens in the account.</summary>
    public virtual EventClient Event => field ??= new EventClient(this);

    /// <summary>Gets the files.</summary>
    public virtual FileClient File => field ??= new FileClient(this);

    /// <summary>Gets the API by way of GraphQL.</summary>
    public virtual GraphQlClient GraphQl => field ??= new GraphQlClient(this);

    /// <summary>Gets what connects bots, datasets and skillsets with other services.</summary>
    public virtual IntegrationClient Integration => field ??= new IntegrationClient(this);

    /// <summary>Gets the prompts that the platform has ready.</summary>
    public virtual MagicClient Magic => field ??= new MagicClient(this);

    /// <summary>Gets the memories: what bots remember of contacts.</summary>
    public virtual MemoryClient Memory => field ??= new MemoryClient(this);

    /// <summary>Gets the part of the API that speaks the protocol of OpenAI.</summary>
    public virtual OpenAiClient OpenAi => field ??= new OpenAiClient(this);

    /// <summary>Gets what belongs to partners: accounts with users of their own.</summary>
    public virtual PartnerClient Partner => field ??= new PartnerClient(this);

    /// <summary>Gets what the platform offers.</summary>
    public virtual PlatformClient Platform => field ??= new PlatformClient(this);

    /// <summary>Gets the policies: rules about data and usage.</summary>
    public virtual PolicyClient Policy => field ??= new PolicyClient(this);

    /// <summary>Gets the portals: sites on which the people of a team use bots.</summary>
    public virtual PortalClient Portal => field ??= new PortalClient(this);

    /// <summary>
    /// Gets the secrets: credentials that abilities use. The credential of this client itself has the same name on the base
    /// class and is read with a cast to <see cref="ChatBotKitClient"/>.
    /// </summary>
    public new virtual SecretClient Secret => field ??= new SecretClient(this);

    /// <summary>Gets the server as a whole, for its owner: backups.</summary>
    public virtual ServerClient Server => field ??= new ServerClient(this);

    /// <summary>Gets the sessions of the account, their audit records and the keys that sign their tokens.</summary>
    public virtual AccountSessionClient Session => field ??= new AccountSessionClient(this);

    /// <summary>Gets the skillsets, whose abilities models can use.</summary>
    public virtual SkillsetClient Skillset => field ??= new SkillsetClient(this);

    /// <summary>Gets the spaces: files in folders, which bots and people work on.</summary>
    public virtual SpaceClient Space => field ??= new SpaceClient(this);

    /// <summary>Gets the tasks, which bots do by themselves.</summary>
    public virtual TaskClient Task => field ??= new TaskClient(this);

    /// <summary>Gets the teams that the caller belongs to.</summary>
    public virtual TeamClient Team => field ??= new TeamClient(this);

    /// <summary>Gets what the account uses.</summary>
    public virtual UsageClient Usage => field ??= new UsageClient(this);
}
