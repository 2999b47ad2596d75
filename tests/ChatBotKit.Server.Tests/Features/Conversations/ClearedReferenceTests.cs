using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Tests.Changes;
using ChatBotKit.Server.Tests.Data;

namespace ChatBotKit.Server.Tests.Features;

/// <summary>Tests the deletion of resources that very many conversations refer to.</summary>
public sealed class ClearedReferenceTests
{
    private const int Many = (2 * ResourceColumn.BatchSize) + 1;

    /// <summary>The reference fields of conversations, each with the kind of its target.</summary>
    public static TheoryData<string, string> References { get; } = ConversationReferenceTests.ReferencesAndContact;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(References))]
    public async Task Deletion_ClearsWhatNamesTheResource_InSmallTransactions(string field, string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var target = await TargetAsync(server, kind);
        var ids = await AddAsync(server, field, target, Many);
        var told = new ToldChanges(server.Service<ChangeFeed>());
        var store = new StepStore(server.Server.Store);
        var left = new List<long>();
        store.After = async _ =>
        {
            left.Add(await CountAsync(server, field, target));
            // From the first transaction on, readers do not see the id.
            Assert.Null(ReferenceOf((await store.FindConversationAsync(ids[^1], Token))!, field));
        };

        await RemoveAsync(server, store, kind, target);

        Assert.Equal([Many, Many - ResourceColumn.BatchSize, 1, 0], left.Take(4));
        Assert.Equal(0, left[^1]);
        Assert.Equal(ids.Order(), told.All.Where(change => change.Kind == ChangedKinds.Conversation).Select(change => change.Id).Order());
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Deletion_ThatIsCutInTheMiddle_LeavesNothingThatShows(string field, string kind)
    {
        await using var server = await FeatureServer.StartAsync();
        var target = await TargetAsync(server, kind);
        var ids = await AddAsync(server, field, target, Many);
        var store = new StepStore(server.Server.Store)
        {
            // Only the deletion and the first batch succeed.
            After = step => step < 2 ? Task.CompletedTask : throw new StoreUnavailableException("The process ends here."),
        };

        await RemoveAsync(server, store, kind, target);

        Assert.Equal(Many - ResourceColumn.BatchSize, await CountAsync(server, field, target));
        foreach (var id in new[] { ids[0], ids[^1] })
            Assert.Null((await server.GetAsync($"conversation/{id}/fetch")).Text(field));
        Assert.All((await server.GetAsync("conversation/list?take=100")).GetProperty("items").EnumerateArray(), item => Assert.Null(item.Text(field)));
        if (field is "botId" or "taskId" or "contactId")
            Assert.Empty((await server.GetAsync($"conversation/list?{field}={target}")).Ids());
        // An update of a conversation also clears its reference.
        await server.PostAsync($"conversation/{ids[^1]}/update", """{"name":"Another"}""");
        Assert.Equal(Many - ResourceColumn.BatchSize - 1, await CountAsync(server, field, target));
    }

    [Fact]
    public async Task Rating_OfAContactThatIsGone_ShowsNoContact()
    {
        await using var server = await FeatureServer.StartAsync();
        var contact = await TargetAsync(server, "contact");
        var id = await server.CreateConversationAsync($$"""{"contactId":"{{contact}}"}""");
        await server.PostAsync($"conversation/{id}/upvote", "{}");
        var store = new StepStore(server.Server.Store) { After = static _ => throw new StoreUnavailableException("The process ends here.") };

        await RemoveAsync(server, store, "contact", contact);

        Assert.Null((await server.Server.Store.SingleAsync(RatingTable.Rows, "WHERE \"ConversationId\" = $1", id)).ContactId);
    }

    private static async Task<string> TargetAsync(FeatureServer server, string kind) =>
        ApiJson.Id(await server.PostAsync($"{kind}/create", "{}"));

    /// <summary>Inserts conversations that refer to the target.</summary>
    private static async Task<List<string>> AddAsync(FeatureServer server, string field, string target, int count)
    {
        var account = await server.Server.OwnerAccountIdAsync();
        var rows = Enumerable.Range(1, count).Select(number =>
        {
            var row = new ConversationRow { Id = Ids.New(number), AccountId = account, CreatedAt = number, UpdatedAt = number };
            typeof(ConversationRow).GetProperty(PropertyOf(field))!.SetValue(row, target);
            return row;
        }).ToList();
        await server.Server.Store.InsertAsync(ConversationTable.Rows, rows);
        return rows.ConvertAll(row => row.Id);
    }

    private static async Task RemoveAsync(FeatureServer server, IStore store, string kind, string target)
    {
        var removal = new ResourceRemoval(store, server.Service<ResourceKinds>(), server.Service<IResourceObserver>(), TimeProvider.System);
        var row = await server.Server.Store.SingleAsync(ResourceTable.Rows, "WHERE \"Id\" = $1", target);
        try
        {
            await removal.RemoveAsync(server.Service<ResourceKinds>().Find(kind)!, row, Removal.Alone, answered: null, Token);
        }
        catch (StoreUnavailableException)
        {
            // The test interrupts the clearing on purpose.
        }
    }

    /// <summary>Returns the number of rows that still contain the id.</summary>
    private static async Task<long> CountAsync(FeatureServer server, string field, string target) => await server.Server.Store.QueryAsync(
        db => db.FirstAsync($"SELECT count(*) FROM \"Conversations\" WHERE \"{PropertyOf(field)}\" = $1", static row => row.GetInt64(0), target), Token);

    private static string? ReferenceOf(ConversationRow row, string field) => (string?)typeof(ConversationRow).GetProperty(PropertyOf(field))!.GetValue(row);

    private static string PropertyOf(string field) => char.ToUpperInvariant(field[0]) + field[1..];

    /// <summary>A store that runs a callback after each transaction.</summary>
    private sealed class StepStore(IStore store) : PartialStore
    {
        private int _steps;

        public Func<int, Task> After { get; set; } = static _ => Task.CompletedTask;

        public override ValueTask<ConversationRow?> FindConversationAsync(string conversationId, CancellationToken cancellationToken) =>
            store.FindConversationAsync(conversationId, cancellationToken);

        public override async Task<T> ChangeAsync<T>(Func<ISqlTransaction, ValueTask<T>> change, CancellationToken cancellationToken)
        {
            var result = await store.ChangeAsync(change, cancellationToken);
            await After(++_steps);
            return result;
        }
    }
}
