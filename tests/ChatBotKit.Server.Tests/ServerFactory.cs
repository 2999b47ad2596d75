using System.Net.Http.Headers;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Hosting;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatBotKit.Server.Tests;

/// <summary>A complete server for a test, on a free port of the loopback interface. Its data directory is deleted with it.</summary>
internal sealed class ServerFactory : IAsyncDisposable
{
    /// <summary>The owner's API token, unless a test configures another one.</summary>
    public const string OwnerSecret = "sk-owner-secret-of-the-tests";

    private readonly string _directory;

    private ServerFactory(WebApplication app, string directory)
    {
        App = app;
        _directory = directory;
    }

    public WebApplication App { get; }

    public string DataDirectory => _directory;

    public Uri Address => new(App.Urls.Single());

    public IStore Store => App.Services.GetRequiredService<IStore>();

    private ApiTokenKey Key => App.Services.GetRequiredService<ApiTokenKey>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="map">Maps additional endpoints.</param>
    /// <param name="time">The server's clock; null for the real one.</param>
    /// <param name="settings">Settings such as <c>CHATBOTKIT_API_SECRET</c>; null values remove the test's defaults.</param>
    /// <param name="services">Replaces services.</param>
    public static async Task<ServerFactory> StartAsync(
        Action<WebApplication>? map = null,
        TimeProvider? time = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
        var app = await StartInAsync(directory, map, time, settings, services);
        return new ServerFactory(app, directory);
    }

    /// <summary>Starts a server on a directory of the test, for tests of restarts.</summary>
    public static async Task<WebApplication> StartInAsync(
        string directory,
        Action<WebApplication>? map = null,
        TimeProvider? time = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        var database = TestStore.IsPostgres ? await TestStore.DatabaseOfAsync(directory) : null;
        return await ChatBotKitServer.StartAsync(
            [.. Settings(directory, database, settings).Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}")],
            builder =>
            {
                builder.Logging.ClearProviders();
                if (time is not null)
                    builder.Services.AddSingleton(time);
                services?.Invoke(builder.Services);
            },
            map,
            Token);
    }

    /// <summary>Creates a client with this credential; null for one without a credential.</summary>
    public HttpClient Client(string? credential = OwnerSecret) => ClientOf(App, credential);

    /// <summary>A client of a server that was started on a directory of the test's.</summary>
    public static HttpClient ClientOf(WebApplication app, string? credential = OwnerSecret) => ClientOf(new Uri(app.Urls.Single()), credential);

    public static HttpClient ClientOf(Uri address, string? credential = OwnerSecret)
    {
        var client = new HttpClient { BaseAddress = address };
        if (credential is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return client;
    }

    /// <summary>The account that <see cref="OwnerSecret"/> belongs to.</summary>
    public async Task<string> OwnerAccountIdAsync() => (await FindTokenAsync(OwnerSecret)).AccountId;

    public async Task<ApiTokenRow> FindTokenAsync(string secret) =>
        (await Store.FindApiTokenAsync(Key.HashOf(secret), Token))!;

    public async Task<AccountRow> AddAccountAsync(string? parentId = null, string? email = null)
    {
        var account = new AccountRow { Id = Ids.New(), ParentId = parentId, Email = email, CreatedAt = 1 };
        await Store.InsertAsync(AccountTable.Rows, account);
        return account;
    }

    /// <summary>Adds a child account of the given account, by default of the owner's.</summary>
    public async Task<AccountRow> AddChildAccountAsync(string? email = null, string? parentId = null) =>
        await AddAccountAsync(parentId ?? await OwnerAccountIdAsync(), email);

    /// <summary>Creates an API token of the account, and returns its secret.</summary>
    public async Task<string> CreateApiTokenAsync(string accountId)
    {
        var secret = ApiTokens.NewSecret();
        var token = new ApiTokenRow
        {
            Id = Ids.New(),
            AccountId = accountId,
            Hash = Key.HashOf(secret),
            KeyId = Key.Id,
            CreatedAt = 1,
        };
        await Store.InsertAsync(ApiTokenTable.Rows, token);
        return secret;
    }

    public async Task<string> AddConversationAsync(string? accountId = null)
    {
        var id = Ids.New();
        accountId ??= await OwnerAccountIdAsync();
        await Store.CommitAsync(new WriteSet
        {
            Conversation = new ConversationRow { Id = id, AccountId = accountId, CreatedAt = 1, UpdatedAt = 1 },
        });
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    private static Dictionary<string, string?> Settings(
        string directory, string? database, IReadOnlyDictionary<string, string?>? settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["CHATBOTKIT_DATA_DIR"] = directory,
            ["CHATBOTKIT_API_SECRET"] = OwnerSecret,
            ["CHATBOTKIT_POSTGRES"] = database,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
            all[name] = value;
        return all;
    }
}
