using System.Text.Json.Nodes;
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
    public Task<(IReadOnlyList<McpTool> Tools, string? Version)> ListAsync(McpTarget target, FunctionScope scope, CancellationToken cancellationToken) =>
        UseAsync<(IReadOnlyList<McpTool>, string?)>(target, scope, version: null, ListAsync, cancellationToken);

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

    private static async Task<(IReadOnlyList<McpTool>, string?)> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        var tools = new List<McpTool>();
        string? cursor = null;
        // A server may never send its last page.
        for (var page = 0; page < MaxPages && tools.Count < MaxTools; page++)
        {
            // The SDK would refuse the whole page for one malformed tool.
            var request = new JsonRpcRequest { Method = RequestMethods.ToolsList, Params = cursor is null ? new JsonObject() : new JsonObject { ["cursor"] = cursor } };
            var result = (await client.SendRequestAsync(request, cancellationToken)).Result as JsonObject;
            if (result?["tools"] is not JsonArray list)
                throw new InvalidDataException("The result has no list of tools.");
            tools.AddRange(list.Select(McpTool.Of).OfType<McpTool>().Take(MaxTools - tools.Count));
            cursor = result["nextCursor"] is JsonValue next && next.TryGetValue<string>(out var text) ? text : null;
            if (string.IsNullOrEmpty(cursor))
                break;
        }

        return (tools, client.NegotiatedProtocolVersion);
    }

    /// <summary>Uses the connection of the run to the server, which the first use opens.</summary>
    private async Task<T> UseAsync<T>(
        McpTarget target, FunctionScope scope, string? version, Func<McpClient, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        if (scope.Depth >= FunctionScope.MaxDepth)
            throw new AbilityException("MCP servers call one another too deeply.");
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var faults = McpHttp.Note();
        var key = $"mcp {target.Key}";
        McpConnection? own = null;
        try
        {
            var connection = await scope.Connections.FindAsync(key, () => OpenAsync(target, scope, version)).WaitAsync(either.Token)
                ?? (own = await OpenAsync(target, scope, version));
            return await use(connection.Client, either.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not AbilityException)
        {
            // An error that the server reports does not harm the connection. After any other one the next call opens another.
            if (exception is not McpProtocolException || faults.Value is not null)
                scope.Connections.Forget(key);
            throw FaultOf(target, exception, limit.IsCancellationRequested, faults.Value);
        }
        finally
        {
            if (own is not null)
                await own.DisposeAsync();
        }
    }

    /// <summary>Opens a connection. It has its own limit, because it may serve calls that began later than the one that opens it.</summary>
    private async Task<McpConnection> OpenAsync(McpTarget target, FunctionScope scope, string? version)
    {
        using var limit = new CancellationTokenSource(Limit, _time);
        var faults = McpHttp.Note();
        // Neither is disposed, because the connections belong to the shared handler.
        var sender = HttpHandlers.CreateClient(new McpHttp(_handler));
        var transport = new HttpClientTransport(TransportOf(target, scope), sender, loggerFactory: null, ownsHttpClient: false);
        try
        {
            var options = new McpClientOptions { ClientInfo = new Implementation { Name = "ChatBotKit.Server", Version = "1.0.0" }, ProtocolVersion = version };
            return new McpConnection(await McpClient.CreateAsync(transport, options, loggerFactory: null, limit.Token), transport);
        }
        catch (Exception exception)
        {
            await transport.DisposeAsync();
            throw FaultOf(target, exception, limit.IsCancellationRequested, faults.Value);
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

    private static AbilityException FaultOf(McpTarget target, Exception exception, bool isLate, string? fault)
    {
        var reason = isLate ? $"did not answer within {Limit.TotalSeconds} seconds"
            // The message comes from the server.
            : exception is McpProtocolException ? $"reported an error: {FaultText.Clip(exception.Message, MaxMessage)}"
            : fault ?? "answered with something that is not MCP";
        return new AbilityException(FaultText.Sentence($"The MCP server at {target.Url.Host} {reason}"));
    }
}
