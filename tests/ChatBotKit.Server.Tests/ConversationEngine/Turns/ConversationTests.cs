using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatBotKit.Server.Changes;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.RunLog;
using ChatBotKit.Server.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatBotKit.Server.Tests.ConversationEngine;

/// <summary>The state of a conversation in memory while the store is slow or fails.</summary>
public sealed class ConversationTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly EngineStore _store = new();
    private readonly HeldModel _model = new();
    private readonly LocalConversationHolder _holder;

    public ConversationTests()
    {
        var logs = new LogDirectory(_store, TimeProvider.System);
        var changes = new ChangeFeed();
        var services = new EngineServices(
            _store, logs, new ChannelLogs(logs, TimeProvider.System), new ModelRegistry([_model], new ModelOptions()),
            new PassageSearch(), new SessionBudgets(_store, new SecurityOptions { DataDirectory = "" }, TimeProvider.System), TimeProvider.System, new EngineOptions(),
            NullLogger<EngineServices>.Instance, new SingleNode("node"), changes);
        _holder = new LocalConversationHolder(services, changes);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Append_StoredAfterALoadHasRead_IsSeenByTheModel()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await AppendAsync("first");
        _store.Gate = gate.Task;
        var run = StartAsync("question");
        await AppendAsync("second");
        gate.SetResult();
        await run;

        Assert.Equal(["first", "second", "question"], await _model.NextAsync());
    }

    [Fact]
    public async Task Append_ThatWasRefused_IsNotSeenByTheModel()
    {
        await StartAsync("one");
        await _model.NextAsync();
        _store.Fails = writes => writes.Messages.Any(message => message.Text == "refused");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendAsync("refused"));
        await StartAsync("two");
        _model.Answer();

        Assert.Equal(["one", "two"], await _model.NextAsync());
    }

    [Fact]
    public async Task Start_AfterARunHasFailed_WaitsForTheRunsThatWaitAlready()
    {
        await StartAsync("one");
        await _model.NextAsync();
        await StartAsync("two");
        _model.Fail();
        await _model.NextAsync();
        await AppendAsync("note");
        await StartAsync("three");

        Assert.False(_model.IsAsked);
        _model.Answer();
        Assert.Equal(["one", "two", "note", "three"], await _model.NextAsync());
    }

    [Fact]
    public void Pass_OfATake_LeavesItToTheOther()
    {
        var budget = Budget();
        var taken = Take(budget)!;
        var passed = taken.Pass();

        taken.Dispose();
        Assert.Null(Take(budget));
        passed.Dispose();
        Assert.NotNull(Take(budget));
    }

    [Theory]
    [InlineData("question", true, true, true)]
    [InlineData("question", true, false, false)]
    [InlineData("question", false, true, false)]
    [InlineData(null, true, true, false)]
    public void Turn_EndedBeforeItsMessage_KeepsWhatIsStoredWithItsEnd(string? question, bool isStored, bool isCut, bool isKept)
    {
        var budget = Budget();
        var input = new RunInput { Kind = RunKinds.Complete, AccountId = "a", ScopeId = "a", Text = "question" };
        var run = input.ToRun("c", "node", startedAt: 1);
        run.QuestionText = question;
        var model = new ResolvedModel(_model, new ModelReference { Name = "held" });
        using var abort = new RunAbort(TimeProvider.System, Patience);

        new Turn(run, input, model, abort, Take(budget)).End(isStored, isCut);

        Assert.Equal(isKept, Take(budget) is null);
    }

    private static SessionTake? Take(SessionBudget budget) =>
        budget.TakeMessage(out var taken) is { } refusal && refusal.Code == ErrorCode.SessionMessageLimit ? null : taken;

    private static SessionBudget Budget()
    {
        var row = new SessionRow
        {
            Id = "s",
            AccountId = "a",
            ConversationId = "c",
            CreatedAt = 1,
            ExpiresAt = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(),
            DurationInSeconds = 1,
        };
        return new SessionBudget(new SessionLimits { Messages = 1 }, row, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _holder.DisposeAsync();

    private async Task AppendAsync(string text)
    {
        var message = new NewMessage(TranscriptMessage.User, text);
        (await _holder.AppendAsync("a", "c", message, kept: null).WaitAsync(Patience, Cancellation)).ThrowIfRefused();
    }

    private async Task StartAsync(string text)
    {
        var input = new RunInput { Kind = RunKinds.Complete, AccountId = "a", ScopeId = "a", Text = text };
        (await _holder.StartAsync("c", input, kept: null).WaitAsync(Patience, Cancellation)).OrThrow();
    }

    /// <summary>A model that exposes its requests and answers when the test says so.</summary>
    private sealed class HeldModel : IModelProvider
    {
        private readonly Channel<List<string>> _asked = Channel.CreateUnbounded<List<string>>();
        private readonly Channel<Exception?> _answers = Channel.CreateUnbounded<Exception?>();

        public string Name => "held";

        public IReadOnlyList<ModelDescription> Models { get; } = [new("held", "held", "", 1000, 1000, 1000)];

        public bool IsAsked => _asked.Reader.TryPeek(out _);

        /// <summary>Returns the user's messages of the next request.</summary>
        public async Task<List<string>> NextAsync() =>
            await _asked.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation);

        public void Answer() => _answers.Writer.TryWrite(null);

        public void Fail() => _answers.Writer.TryWrite(new InvalidOperationException("The provider has a defect."));

        public async IAsyncEnumerable<ModelEvent> StreamAsync(
            ModelRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _asked.Writer.TryWrite([.. request.Messages.Where(message => message.Role == ModelRole.User).Select(message => message.Text)]);
            if (await _answers.Reader.ReadAsync(cancellationToken) is { } failure)
                throw failure;
            yield return ModelEvent.OfText("answer");
            yield return ModelEvent.OfEnd(ModelEndReason.Stop);
        }
    }
}
