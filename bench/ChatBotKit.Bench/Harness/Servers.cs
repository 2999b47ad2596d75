using ChatBotKit.Bench.Floors;

namespace ChatBotKit.Bench.Harness;

/// <summary>Starts the server and the floors in the same way.</summary>
internal static class Servers
{
    /// <summary>The owner's API token of every measured server, which protects only a temporary directory.</summary>
    public const string Secret = "sk-benchmark-0123456789abcdef0123456789abcdef";

    /// <summary>Settings that keep the garbage small compared with live memory, for measurements of memory.</summary>
    public static readonly IReadOnlyDictionary<string, string> SmallGarbage = new Dictionary<string, string>
    {
        ["DOTNET_GCgen0size"] = "400000",
    };

    public static Task<ServerProcess> StartOursAsync(
        BenchOptions options, TempDirectory data, Uri? modelUrl, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null, bool isProbed = false)
    {
        var settings = new Dictionary<string, string>(environment ?? new Dictionary<string, string>())
        {
            ["CHATBOTKIT_DATA_DIR"] = Path.Combine(data.Path, "data"),
            ["CHATBOTKIT_API_SECRET"] = Secret,
            ["CHATBOTKIT_SESSION_REQUESTS_PER_MINUTE"] = "0",
            ["CHATBOTKIT_SESSION_STREAMS"] = "0",
            ["CHATBOTKIT_SESSION_MESSAGES"] = "0",
        };
        if (modelUrl is not null)
        {
            settings["OPENAI_API_KEY"] = "none";
            settings["OPENAI_BASE_URL"] = modelUrl.AbsoluteUri;
            settings["OPENAI_MODELS"] = ModelUpstream.ModelNames;
        }

        return ServerProcess.StartAsync(options.ServerPath, ["--urls", "http://127.0.0.1:0"], settings, data.Path, cancellationToken, isProbed);
    }

    /// <param name="data">The directory of its rows.</param>
    /// <param name="cancellationToken">The token that cancels the start.</param>
    /// <param name="isProbed">Whether the process gets a probe.</param>
    /// <param name="program">The path of the floors; null for the one beside this program.</param>
    public static Task<ServerProcess> StartRowFloorAsync(
        TempDirectory data, CancellationToken cancellationToken, bool isProbed = false, string? program = null) =>
        StartFloorAsync([FloorProgram.Rows, Path.Combine(data.Path, "floor.db")], data, cancellationToken, isProbed: isProbed, program: program);

    /// <summary>Starts the floor that stores rows in a PostgreSQL database.</summary>
    public static Task<ServerProcess> StartPostgresRowFloorAsync(TempDirectory data, string database, CancellationToken cancellationToken) =>
        StartFloorAsync([FloorProgram.PostgresRows, database], data, cancellationToken, isProbed: true);

    /// <summary>Starts the floor for bots.</summary>
    public static Task<ServerProcess> StartBotFloorAsync(TempDirectory data, CancellationToken cancellationToken) =>
        StartFloorAsync([FloorProgram.Bots, Path.Combine(data.Path, "bots.db")], data, cancellationToken, isProbed: true);

    public static Task<ServerProcess> StartProxyFloorAsync(
        TempDirectory data, Uri modelUrl, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null, bool isProbed = false, string? program = null) =>
        StartFloorAsync([FloorProgram.Proxy, modelUrl.AbsoluteUri], data, cancellationToken, environment, isProbed, program);

    /// <summary>Starts the proxy that also stores the conversation.</summary>
    public static Task<ServerProcess> StartStoringProxyFloorAsync(
        TempDirectory data, Uri modelUrl, CancellationToken cancellationToken, bool isProbed = false) =>
        StartFloorAsync(
            [FloorProgram.StoringProxy, modelUrl.AbsoluteUri, Path.Combine(data.Path, "proxy.db")], data, cancellationToken, isProbed: isProbed);

    public static Task<ServerProcess> StartStreamsFloorAsync(TempDirectory data, CancellationToken cancellationToken) =>
        StartFloorAsync([FloorProgram.Streams], data, cancellationToken);

    /// <summary>Starts a server for measured clients whose streamed answers have this number of events.</summary>
    public static Task<ServerProcess> StartAnswerFloorAsync(TempDirectory data, int events, CancellationToken cancellationToken) =>
        StartFloorAsync(AnswerFloor.Arguments(events), data, cancellationToken);

    public static ChatBotKitApi ApiOf(ServerProcess ours) =>
        new(new ChatBotKitClientOptions { Secret = Secret, BaseUrl = ours.Address });

    /// <summary>Creates new conversations for a round, so that none grows over the rounds.</summary>
    public static async Task<IReadOnlyList<string>> CreateConversationsAsync(
        ServerProcess ours, int count, string model, CancellationToken cancellationToken)
    {
        var api = ApiOf(ours);
        var ids = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                var request = new ConversationCreateRequest { Backstory = "You are brief.", Model = model };
                ids[i] = (await api.Conversation.CreateAsync(request, token)).Id;
            });
        return ids;
    }

    /// <summary>Creates sessions of a conversation, and returns their tokens.</summary>
    public static async Task<IReadOnlyList<string>> CreateSessionsAsync(
        ServerProcess ours, string conversationId, int count, CancellationToken cancellationToken)
    {
        var api = ApiOf(ours);
        var tokens = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (i, token) => tokens[i] = (await api.Conversation.Session.CreateAsync(conversationId, new SessionCreateRequest(), token)).Token);
        return tokens;
    }

    private static Task<ServerProcess> StartFloorAsync(
        IEnumerable<string> arguments, TempDirectory data, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null, bool isProbed = false, string? program = null) =>
        ServerProcess.StartAsync(
            program ?? typeof(FloorProgram).Assembly.Location, arguments, environment ?? new Dictionary<string, string>(), data.Path,
            cancellationToken, isProbed);
}
