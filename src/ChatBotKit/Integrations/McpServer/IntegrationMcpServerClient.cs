namespace ChatBotKit;

/// <summary>Integrations that offer a skillset to other programs over the Model Context Protocol.</summary>
public class IntegrationMcpServerClient
    : IntegrationKindClient<IntegrationMcpServerItem, IntegrationMcpServerCreateRequest, IntegrationMcpServerUpdateRequest>
{
    /// <summary>Makes a client of its own.</summary>
    /// <param name="options">Where the API is, who calls it and how patient the calls are.</param>
    public IntegrationMcpServerClient(ChatBotKitClientOptions options)
        : base(options)
    {
    }

    /// <summary>Makes a client that uses the options and connections of another one.</summary>
    /// <param name="parent">The other client.</param>
    public IntegrationMcpServerClient(ChatBotKitClient parent)
        : base(parent)
    {
    }

    /// <summary>Makes a client without options, for fakes that override what they need.</summary>
    protected IntegrationMcpServerClient()
    {
    }

    private protected override string Kind => "mcpserver";
}
