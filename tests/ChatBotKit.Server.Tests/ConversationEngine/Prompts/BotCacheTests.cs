using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.Data;
using ChatBotKit.Server.Tests.Features;

namespace ChatBotKit.Server.Tests.ConversationEngine;

public sealed class BotCacheTests : IAsyncLifetime
{
    private readonly ChangeFeed _feed = new();
    private FeatureServer _server = null!;
    private CountingStore _store = null!;
    private BotCache _bots = null!;
    private string _account = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FeatureServer.StartAsync();
        _account = await _server.Server.OwnerAccountIdAsync();
        _store = new CountingStore(_server.Server.Store);
        _bots = new BotCache(_store, _feed);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Bot_IsReadOnce_UntilItChanges()
    {
        var (bot, other) = (await AddAsync("one"), await AddAsync("other"));
        Assert.Equal("one", await BackstoryAsync(bot));
        Assert.Equal("other", await BackstoryAsync(other));
        await ChangeAsync(bot, "two");
        _feed.Publish(new Change("dataset", bot, _account, ChangeKind.Updated));
        Assert.Equal("one", await BackstoryAsync(bot));
        Assert.Equal(2, _store.Queries);

        _feed.Publish(new Change("bot", bot, _account, ChangeKind.Updated));
        Assert.Equal("two", await BackstoryAsync(bot));
        Assert.Equal("other", await BackstoryAsync(other));
        Assert.Equal(3, _store.Queries);
    }

    [Fact]
    public async Task Change_WhileTheBotIsBeingRead_IsNotCoveredByTheOldOne()
    {
        var bot = await AddAsync("one");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _store.AfterQuery = gate.Task;
        var reading = BackstoryAsync(bot);
        await ChangeAsync(bot, "two");
        _feed.Publish(new Change("bot", bot, _account, ChangeKind.Updated));
        gate.SetResult();

        Assert.Equal("one", await reading);
        Assert.Equal("two", await BackstoryAsync(bot));
    }

    [Fact]
    public async Task Conversation_WithoutABot_ReadsNothing()
    {
        Assert.Equal("own", (await _bots.PersonaOfAsync(Conversation(botId: null, "own"))).Backstory);
        Assert.Equal(0, _store.Queries);
    }

    [Fact]
    public async Task Id_OfAnotherKind_IsNoBot()
    {
        var dataset = ApiJson.Id(await _server.PostAsync("dataset/create", "{}"));
        Assert.Null(await BackstoryAsync(dataset));
    }

    private async Task<string> AddAsync(string backstory) =>
        ApiJson.Id(await _server.PostAsync("bot/create", $$"""{"backstory":"{{backstory}}"}"""));

    /// <summary>Changes the backstory "one" of a bot directly in the store, without a message in the server's change feed.</summary>
    private Task<int> ChangeAsync(string bot, string backstory) => _server.Server.Store.ExecuteAsync(
        """UPDATE "Resources" SET "Data" = replace("Data", '"one"', $2) WHERE "Id" = $1""", bot, $"\"{backstory}\"");

    private async Task<string?> BackstoryAsync(string bot) => (await _bots.PersonaOfAsync(Conversation(bot, backstory: null))).Backstory;

    private ConversationRow Conversation(string? botId, string? backstory) =>
        new() { Id = "conversation", AccountId = _account, BotId = botId, Backstory = backstory, CreatedAt = 1, UpdatedAt = 1 };

    private sealed class CountingStore(IStore store) : PartialStore
    {
        public int Queries { get; private set; }

        /// <summary>A task that is awaited before the result of a query is returned.</summary>
        public Task AfterQuery { get; set; } = Task.CompletedTask;

        public override async ValueTask<T> QueryAsync<T>(Func<ISqlSession, ValueTask<T>> query, CancellationToken cancellationToken)
        {
            Queries++;
            var result = await store.QueryAsync(query, cancellationToken);
            await AfterQuery;
            return result;
        }
    }
}
