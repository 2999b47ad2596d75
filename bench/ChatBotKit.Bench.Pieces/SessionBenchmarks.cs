using BenchmarkDotNet.Attributes;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Data.Sqlite;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Bench.Pieces;

/// <summary>Verifies session tokens that are cached, and ones that are not; creates session tokens.</summary>
public class SessionBenchmarks
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-bench-").FullName;
    private readonly SessionRow _session = new()
    {
        Id = "session",
        ConversationId = "conversation",
        AccountId = "account",
        CreatedAt = 1,
        ExpiresAt = 4_000_000_000_000,
        DurationInSeconds = 3600,
    };

    private readonly ChangeFeed _changes = new();
    private SqliteStore _store = null!;
    private KeyRing _keys = null!;
    private SessionTokens _tokens = null!;
    private string _token = "";

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _store = await SqliteStore.OpenAsync(
            new StoreOptions { DataDirectory = _directory }, _changes, TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        _keys = new KeyRing(_store, new Lazy<IDataProtectionProvider>(() => new EphemeralDataProtectionProvider()), _changes, TimeProvider.System,
            NullLogger<KeyRing>.Instance);
        _tokens = NewTokens();
        _token = await _tokens.MintAsync(_session, CancellationToken.None);
        if (await _tokens.VerifyAsync(_token, CancellationToken.None) is null)
            throw new InvalidOperationException("The token is not valid.");
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        _keys.Dispose();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Benchmark(Description = "Check a session token, warm")]
    public async Task<bool> CheckWarm() => await _tokens.VerifyAsync(_token, CancellationToken.None) is not null;

    [Benchmark(Description = "Check a session token, cold")]
    public async Task<bool> CheckCold() => await NewTokens().VerifyAsync(_token, CancellationToken.None) is not null;

    [Benchmark(Description = "Make a session token")]
    public async Task<string> Mint() => await _tokens.MintAsync(_session, CancellationToken.None);

    // A new instance has an empty cache of verified tokens.
    private SessionTokens NewTokens() => new(_keys, new SecurityOptions { DataDirectory = _directory }, TimeProvider.System);
}
