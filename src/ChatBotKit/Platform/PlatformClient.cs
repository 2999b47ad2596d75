namespace ChatBotKit;

/// <summary>Reads the catalogue of the platform: models, examples, templates and documentation.</summary>
public class PlatformClient : ChatBotKitClient
{
    /// <summary>Initializes a new instance of the <see cref="PlatformClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public PlatformClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformClient"/> class with the options and connections of another
    /// client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public PlatformClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PlatformClient"/> class without options, for test doubles that override
    /// operations.
    /// </summary>
    protected PlatformClient()
    {
    }

    /// <summary>Gets the ready-made abilities.</summary>
    public virtual PlatformAbilityClient Ability => field ??= new PlatformAbilityClient(this);

    /// <summary>Gets the kinds of actions that abilities can contain.</summary>
    public virtual PlatformActionClient Action => field ??= new PlatformActionClient(this);

    /// <summary>Gets the docs.</summary>
    public virtual PlatformDocClient Doc => field ??= new PlatformDocClient(this);

    /// <summary>Gets the examples.</summary>
    public virtual PlatformExampleClient Example => field ??= new PlatformExampleClient(this);

    /// <summary>Gets the guides.</summary>
    public virtual PlatformGuideClient Guide => field ??= new PlatformGuideClient(this);

    /// <summary>Gets the manuals.</summary>
    public virtual PlatformManualClient Manual => field ??= new PlatformManualClient(this);

    /// <summary>Gets the models.</summary>
    public virtual PlatformModelClient Model => field ??= new PlatformModelClient(this);

    /// <summary>Gets the reports.</summary>
    public virtual PlatformReportClient Report => field ??= new PlatformReportClient(this);

    /// <summary>
    /// Gets the templates for secrets. The credential of this client itself has the same name on the base class and is read
    /// with a cast to <see cref="ChatBotKitClient"/>.
    /// </summary>
    public new virtual PlatformSecretClient Secret => field ??= new PlatformSecretClient(this);

    /// <summary>Gets the tutorials.</summary>
    public virtual PlatformTutorialClient Tutorial => field ??= new PlatformTutorialClient(this);
}
