namespace ChatBotKit.Server.Security;

/// <summary>A part of a session's limits that is reserved for something under way; given back unless it is kept.</summary>
internal sealed class SessionTake : IDisposable
{
    private readonly SessionBudget _budget;
    private readonly int _messages;
    private readonly long _attachmentBytes;
    private int _settled;

    public SessionTake(SessionBudget budget, int messages, long attachmentBytes)
    {
        (_budget, _messages, _attachmentBytes) = (budget, messages, attachmentBytes);
        budget.Begin();
    }

    /// <summary>What it was for is stored.</summary>
    public void Keep()
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            _budget.End();
    }

    /// <summary>Leaves it to somebody else to keep it or to give it back.</summary>
    public SessionTake Pass()
    {
        var passed = new SessionTake(_budget, _messages, _attachmentBytes);
        Keep();
        return passed;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
            return;
        _budget.GiveBack(_messages, _attachmentBytes);
        _budget.End();
    }
}
