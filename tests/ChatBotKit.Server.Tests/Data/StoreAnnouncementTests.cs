using ChatBotKit.Server.Changes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Tests.Changes;

namespace ChatBotKit.Server.Tests.Data;

/// <summary>The changes that the store publishes, and when.</summary>
public sealed class StoreAnnouncementTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatbotkit-test-").FullName;
    private readonly ChangeFeed _changes = new();
    private ToldChanges _told = null!;
    private IOpenStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await StoreTests.OpenAsync(_directory, _changes);
        await _store.CommitAsync(new WriteSet { Conversation = Rows.Conversation("c1") });
        _told = new ToldChanges(_changes);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        await TestStore.DeleteDatabaseOfAsync(_directory);
    }

    [Fact]
    public async Task Announced_IsPublished_BeforeTheCallerGoesOn()
    {
        await _store.ChangeAsync(db => AnnounceAsync(db, "a", "b"), Token);

        Assert.Equal(["a", "b"], Told());
    }

    [Fact]
    public async Task Announced_IsDurable_WhenListenersHear()
    {
        ConversationRow? found = null;
        _changes.Listen(new Listener(() => found = _store.FindConversationAsync("c2", CancellationToken.None).AsTask().GetAwaiter().GetResult()));

        await _store.ChangeAsync(
            async db =>
            {
                await db.InsertAsync(ConversationTable.Rows, Rows.Conversation("c2"));
                return await AnnounceAsync(db, "c2");
            },
            Token);

        Assert.NotNull(found);
    }

    [Fact]
    public async Task Announced_InATransactionThatIsUndone_IsNotPublished()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _store.ChangeAsync<bool>(
            async db =>
            {
                await AnnounceAsync(db, "undone");
                throw new InvalidOperationException("The change fails.");
            },
            Token));
        await _store.ChangeAsync(db => AnnounceAsync(db, "next"), Token);

        Assert.Equal(["next"], Told());
    }

    [Fact]
    public async Task Announced_InAChangeThatRunsAgain_IsPublishedOnce()
    {
        Assert.SkipWhen(TestStore.IsPostgres, TestStore.OfFiles);
        // Both are queued while the first is running, so they form one group, and one of them fails it.
        using var gate = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _store.ChangeAsync(
            _ =>
            {
                begun.SetResult();
                return new ValueTask<bool>(gate.Wait(TimeSpan.FromSeconds(30)));
            },
            Token);
        await begun.Task;
        var runs = 0;
        var good = _store.ChangeAsync(
            db =>
            {
                runs++;
                return AnnounceAsync(db, "good");
            },
            Token);
        var bad = _store.ChangeAsync<bool>(_ => throw new InvalidOperationException("The change fails."), Token);
        gate.Set();

        await first;
        await good;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(2, runs);
        Assert.Equal(["good"], Told());
    }

    [Fact]
    public async Task Message_ThatIsStored_IsNothingToPublish()
    {
        await _store.CommitAsync(Rows.Set(Rows.Message(1)));

        Assert.Empty(Told());
    }

    [Fact]
    public async Task Session_NewAndUsed_IsPublishedWithItsConversation()
    {
        var session = Rows.Session();
        await _store.CommitAsync(new WriteSet { Session = session });
        await _store.CommitAsync(new WriteSet { Audit = [Use(session)] });

        Assert.Equal([session.Changed(ChangeKind.Created), session.Changed(ChangeKind.Updated)], _told.All);
        Assert.Equal("c1", session.Changed(ChangeKind.Created).ConversationId);
    }

    [Fact]
    public async Task Conversation_ThatHasExpired_IsPublishedAsDeleted()
    {
        await _store.CommitAsync(new WriteSet { Conversation = Rows.Conversation("short", expiresAt: 5) });
        await _store.DeleteExpiredConversationsAsync(10, Token);

        var change = Assert.Single(_told.All, one => one.Kind != ChangedKinds.Event);
        Assert.Equal((ChangedKinds.Conversation, "short", ChangeKind.Deleted), (change.Kind, change.Id, change.What));
    }

    private static ValueTask<bool> AnnounceAsync(ISqlTransaction db, params string[] ids)
    {
        foreach (var id in ids)
            db.Announce(new Change("bot", id, "owner", ChangeKind.Updated));
        return new(true);
    }

    private static AuditRow Use(SessionRow session) => new()
    {
        AccountId = session.AccountId,
        Id = Ids.New(),
        Type = SessionAuditType.Use.Value,
        ActorKind = "session",
        SessionId = session.Id,
        ConversationId = session.ConversationId,
        CreatedAt = 1,
    };

    private IEnumerable<string> Told() => _told.All.Select(change => change.Id);

    private sealed class Listener(Action told) : IChangeListener
    {
        public void OnChanged(in Change change) => told();
    }
}
