using System.Diagnostics;
using ChatBotKit.EndToEnd.Tests;
using ChatBotKit.Faults.Kill.Writers;
using ChatBotKit.TestModels;

namespace ChatBotKit.Faults.Kill;

/// <summary>The published server, started repeatedly on one database.</summary>
internal sealed class Victim(KillDatabase database, ScriptedModelServer model) : IAsyncDisposable
{
    /// <summary>Gives the server work that is due, whose effects can be counted.</summary>
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [StartupHook.Variable] = "1",
    };

    private ServerRun? _server;
    private TimeSpan _startTime = TimeSpan.FromSeconds(1);

    /// <summary>The number of starts that were killed before the server listened.</summary>
    public int StartsKilled { get; private set; }

    /// <summary>The number of starts that were killed after they had ended some of the interrupted runs, but not all.</summary>
    public int RecoveriesCut { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<Uri> StartAsync()
    {
        var watch = Stopwatch.StartNew();
        _server = await ServerRun.StartAsync(Settings(), Token, Environment);
        _startTime = watch.Elapsed;
        return _server.Address;
    }

    /// <summary>
    /// Starts the server and kills it before it listens: at a given time of the start, or while it ends interrupted runs.
    /// </summary>
    /// <param name="moment">The fraction of the usual start time; null for the recovery.</param>
    public async Task KillInStartAsync(double? moment)
    {
        var open = database.CountOpenRuns();
        await using (var server = ServerRun.Launch(Settings(), Environment))
        {
            if (moment is { } part)
                await Task.Delay(_startTime * part, Token);
            else
                await database.WaitForAnEndAsync(open, otherwise: server.WaitUntilListeningAsync(Token));
            await server.KillAsync();
        }
        StartsKilled++;
        if (database.CountOpenRuns() is > 0 and var left && left < open)
            RecoveriesCut++;
    }

    public Task KillAsync() => _server!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private Dictionary<string, string> Settings() => new(database.Settings)
    {
        ["CHATBOTKIT_API_SECRET"] = Writer.OwnerSecret,
        ["OPENAI_BASE_URL"] = model.BaseUrl.AbsoluteUri,
        ["OPENAI_MODELS"] = "scripted",
    };
}
