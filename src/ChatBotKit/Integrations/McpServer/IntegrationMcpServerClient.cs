namespace ChatBotKit;

/// <summary>Manages integrations that offer a skillset to other programs over the Model Context Protocol.</summary>
public class IntegrationMcpServerClient
    : IntegrationKindClient<IntegrationMcpServerItem, IntegrationMcpServerCreateRequest, IntegrationMcpServerUpdateRequest>
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationMcpServerClient"/> class.</summary>
    /// <param name="options">The address of the API, the credential and the settings of the calls.</param>
    public IntegrationMcpServerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationMcpServerClient"/> class with the options and connections of
    /// another client.
    /// </summary>
    /// <param name="parent">The client whose options and connections are used.</param>
    public IntegrationMcpServerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="IntegrationMcpServerClient"/> class without options, for test doubles
    /// that override operations.
    /// </summary>
    protected IntegrationMcpServerClient()
    {
    }

    private protected override string Kind => "mcpserver";
}
