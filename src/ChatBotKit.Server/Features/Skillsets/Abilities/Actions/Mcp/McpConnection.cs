using ModelContextProtocol.Client;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>A connection to a remote MCP server.</summary>
/// <param name="client">The client.</param>
/// <param name="transport">The transport of the client.</param>
internal sealed class McpConnection(McpClient client, IAsyncDisposable transport) : IAsyncDisposable
{
    public McpClient Client => client;

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await transport.DisposeAsync();
    }
}
