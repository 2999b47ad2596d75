using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill;

/// <summary>Runs all writers concurrently on one server after the other.</summary>
internal sealed class Workload(Ledger ledger)
{
    private readonly ConversationSlot[] _slots = [.. Enumerable.Range(0, 8).Select(index => new ConversationSlot { IsOrdered = index != 4 })];

    /// <summary>Writes until the server is killed.</summary>
    public Task RunAsync(ApiConnection api)
    {
        Writer[] writers =
        [
            new MessageWriter(ledger, api, _slots[0], isKeyed: false),
            new MessageWriter(ledger, api, _slots[1], isKeyed: true),
            new CompleteWriter(ledger, api, _slots[2], CompleteStyle.Plain),
            new CompleteWriter(ledger, api, _slots[3], CompleteStyle.SessionThatLeaves),
            new CompleteWriter(ledger, api, _slots[4], CompleteStyle.Pairs),
            new DispatchWriter(ledger, api, _slots[5]),
            new SessionWriter(ledger, api, _slots[6]),
            new ResourceWriter(ledger, api, _slots[7]),
        ];
        return Task.WhenAll(writers.Select(writer => Task.Run(writer.RunAsync)));
    }
}
