namespace ChatBotKit.Faults.Kill.Writers;

/// <summary>The variants of a <see cref="CompleteWriter"/>.</summary>
internal enum CompleteStyle
{
    /// <summary>Every second request carries a key.</summary>
    Plain,

    /// <summary>It has a session token, and disconnects during every second answer, which continues.</summary>
    SessionThatLeaves,

    /// <summary>It sends two concurrent requests for one conversation, so that one waits for its turn.</summary>
    Pairs,
}

/// <summary>Calls the model and records every event.</summary>
internal sealed class CompleteWriter(Ledger ledger, ApiConnection api, ConversationSlot slot, CompleteStyle style)
    : Writer(ledger, api, slot)
{
    private SessionRecord? _session;

    protected override async Task WriteAsync()
    {
        var conversation = await ConversationAsync();
        switch (style)
        {
            case CompleteStyle.Plain:
                await CompleteAsync(conversation, OwnerSecret, isKeyed: Round % 2 == 1);
                break;
            case CompleteStyle.SessionThatLeaves:
                _session ??= await MintAsync(conversation, isKeyed: false);
                await CompleteAsync(conversation, _session.Token, isKeyed: false, leaveAfter: Round % 2 == 1 ? 1 + (Round % 5) : int.MaxValue);
                break;
            default:
                await Task.WhenAll(
                    CompleteAsync(conversation, OwnerSecret, isKeyed: true), CompleteAsync(conversation, OwnerSecret, isKeyed: false));
                break;
        }
    }

    private async Task CompleteAsync(ConversationRecord conversation, string secret, bool isKeyed, int leaveAfter = int.MaxValue)
    {
        var text = Ledger.NewText("complete");
        var key = isKeyed ? Guid.NewGuid().ToString("N") : null;
        var run = new RunRecord(
            conversation, ApiCall.Of($"v1/conversation/{conversation.Id}/complete", new { text }, secret, key), text, Ledger.Life);
        Ledger.Runs.Enqueue(run);
        conversation.Attempt(text);

        using var stream = await Api.OpenAsync(run.Call);
        run.Id = stream.RunId;
        Ledger.Acknowledge("run");
        while (run.Received.Count < leaveAfter && await stream.ReadAsync() is { } line)
        {
            run.Received.Add(line);
            Ledger.CountEvent();
            if (line.Type == "sendResult")
                conversation.Acknowledged.Enqueue(text);
        }
    }
}
