using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;
using ChatBotKit.Server.Features.Uploads;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>
/// Speaks to remote MCP servers by the official SDK, over streamable HTTP. Every failure of a server becomes a sentence for the model and
/// the owner.
/// </summary>
internal sealed class McpClients : IDisposable
{
    /// <summary>
    /// The header with the number of MCP servers of this program that a request has passed. A server whose abilities name the server itself
    /// would otherwise call itself without end.
    /// </summary>
    public const string DepthHeader = "X-ChatBotKit-Depth";

    /// <summary>The header of requests that a task causes, which may start no task on this or another server of this program.</summary>
    public const string TaskHeader = "X-ChatBotKit-Task";

    /// <summary>The maximum number of tools of a server. Further ones are left out.</summary>
    public const int MaxTools = 100;

    private const int MaxPages = 20;
    private const int MaxMessage = 1000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SocketsHttpHandler _handler;
    private readonly TimeProvider _time;

    public McpClients(GuardedHttp guard, TimeProvider time)
    {
        _handler = guard.CreateHandler();
        _time = time;
    }

    /// <summary>Lists the tools of a server, and the version of the protocol that it speaks.</summary>
    /// <exception cref="AbilityException">The server can't be reached, or answers wrongly.</exception>
    public Task<(IReadOnlyList<Tool> Tools, string? Version)> ListAsync(McpTarget target, FunctionScope scope, CancellationToken cancellationToken) =>
        UseAsync<(IReadOnlyList<Tool>, string?)>(target, scope, version: null, ListAsync, cancellationToken);

    /// <summary>Calls a tool.</summary>
    /// <param name="target">The server.</param>
    /// <param name="scope">The run that calls.</param>
    /// <param name="version">The version of the protocol that the server speaks; null when it is not known.</param>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">The token that cancels the call.</param>
    /// <exception cref="AbilityException">The server can't be reached, answers wrongly or refuses.</exception>
    public Task<CallToolResult> CallAsync(
        McpTarget target, FunctionScope scope, string? version, CallToolRequestParams request, CancellationToken cancellationToken) =>
        UseAsync(target, scope, version, async (client, token) => await client.CallToolAsync(request, token), cancellationToken);

    public void Dispose() => _handler.Dispose();

    private static async Task<(IReadOnlyList<Tool>, string?)> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        var tools = new List<Tool>();
        string? cursor = null;
        // A server may never send its last page.
        for (var page = 0; page < MaxPages && tools.Count < MaxTools; page++)
        {
            var result = await client.ListToolsAsync(new ListToolsRequestParams { Cursor = cursor }, cancellationToken);
            tools.AddRange(result.Tools.Take(MaxTools - tools.Count));
            if (string.IsNullOrEmpty(cursor = result.NextCursor))
                break;
        }

        return (tools, client.NegotiatedProtocolVersion);
    }

    private async Task<T> UseAsync<T>(
        McpTarget target, FunctionScope scope, string? version, Func<McpClient, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        if (scope.Depth >= FunctionScope.MaxDepth)
            throw new AbilityException("MCP servers call one another too deeply.");
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // Neither is disposed, because the connections belong to the shared handler.
        var http = new McpHttp(_handler);
        var sender = HttpHandlers.CreateClient(http);
        try
        {
            await using var transport = new HttpClientTransport(TransportOf(target, scope), sender, loggerFactory: null, ownsHttpClient: false);
            var options = new McpClientOptions { ClientInfo = new Implementation { Name = "ChatBotKit.Server", Version = "1.0.0" }, ProtocolVersion = version };
            await using var client = await McpClient.CreateAsync(transport, options, loggerFactory: null, either.Token);
            return await use(client, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not AbilityException)
        {
            throw new AbilityException($"The MCP server at {target.Url.Host} {(limit.IsCancellationRequested ? $"did not answer within {Limit.TotalSeconds} seconds" : FaultOf(exception, http))}.");
        }
    }

    private static HttpClientTransportOptions TransportOf(McpTarget target, FunctionScope scope) => new()
    {
        Endpoint = target.Url,
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = HeadersOf(target, scope),
        EnableStandaloneGetStream = false,
        MaxReconnectionAttempts = 0,
    };

    private static Dictionary<string, string> HeadersOf(McpTarget target, FunctionScope scope)
    {
        var headers = new Dictionary<string, string>(target.Headers, StringComparer.OrdinalIgnoreCase)
        {
            [DepthHeader] = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{scope.Depth + 1}"),
        };
        if (scope.IsOfTask)
            headers[TaskHeader] = "true";
        return headers;
    }

    private static string FaultOf(Exception exception, McpHttp http) => exception switch
    {
        // The message comes from the server.
        McpProtocolException => $"reported an error: {FaultText.Clip(exception.Message, MaxMessage)}",
        _ => http.Fault ?? "answered with something that is not MCP",
    };
}
