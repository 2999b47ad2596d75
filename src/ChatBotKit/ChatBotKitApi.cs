namespace ChatBotKit;

/// <summary>
/// Provides the whole API: one property for each resource, named as in the routes. All clients share the options and the
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
    /// Initializes a new instance of the <see cref="ChatBotKitApi"/> class without options, for test doubles that override
    /// operations.
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

    /// <summary>Gets the conversations, and their messages, files, sessions and runs.</summary>
    public virtual ConversationClient Conversation => field ??= new ConversationClient(this);

    /// <summary>Gets the datasets, which hold the knowledge that models can search.</summary>
    public virtual DatasetClient Dataset => field ??= new DatasetClient(this);

    /// <summary>Gets the events of the account.</summary>
    public virtual EventClient Event => field ??= new EventClient(this);

    /// <summary>Gets the files.</summary>
    public virtual FileClient File => field ??= new FileClient(this);

    /// <summary>Gets the GraphQL operations.</summary>
    public virtual GraphQlClient GraphQl => field ??= new GraphQlClient(this);

    /// <summary>Gets the integrations, which connect bots, datasets and skillsets with other services.</summary>
    public virtual IntegrationClient Integration => field ??= new IntegrationClient(this);

    /// <summary>Gets the ready-made prompts of the platform.</summary>
    public virtual MagicClient Magic => field ??= new MagicClient(this);

    /// <summary>Gets the memories: what bots remember about contacts.</summary>
    public virtual MemoryClient Memory => field ??= new MemoryClient(this);

    /// <summary>Gets the part of the API that follows the OpenAI protocol.</summary>
    public virtual OpenAiClient OpenAi => field ??= new OpenAiClient(this);

    /// <summary>Gets the operations for partners: accounts that have users of their own.</summary>
    public virtual PartnerClient Partner => field ??= new PartnerClient(this);

    /// <summary>Gets the catalogue of the platform: models, examples, templates and documentation.</summary>
    public virtual PlatformClient Platform => field ??= new PlatformClient(this);

    /// <summary>Gets the policies: rules about data and usage.</summary>
    public virtual PolicyClient Policy => field ??= new PolicyClient(this);

    /// <summary>Gets the portals: web sites on which the members of a team use bots.</summary>
    public virtual PortalClient Portal => field ??= new PortalClient(this);

    /// <summary>
    /// Gets the secrets: credentials that abilities use. The credential of this client itself has the same name on the base
    /// class and is read with a cast to <see cref="ChatBotKitClient"/>.
    /// </summary>
    public new virtual SecretClient Secret => field ??= new SecretClient(this);

    /// <summary>Gets the operations on the server itself, for its owner: tokens and backups.</summary>
    public virtual ServerClient Server => field ??= new ServerClient(this);

    /// <summary>Gets the sessions of the account, their audit records and the keys that sign their tokens.</summary>
    public virtual AccountSessionClient Session => field ??= new AccountSessionClient(this);

    /// <summary>Gets the skillsets, whose abilities models can use.</summary>
    public virtual SkillsetClient Skillset => field ??= new SkillsetClient(this);

    /// <summary>Gets the spaces: files in folders, which bots and people work on.</summary>
    public virtual SpaceClient Space => field ??= new SpaceClient(this);

    /// <summary>Gets the tasks that bots carry out on their own.</summary>
    public virtual TaskClient Task => field ??= new TaskClient(this);

    /// <summary>Gets the teams that the caller belongs to.</summary>
    public virtual TeamClient Team => field ??= new TeamClient(this);

    /// <summary>Gets the usage of the account.</summary>
    public virtual UsageClient Usage => field ??= new UsageClient(this);
}
