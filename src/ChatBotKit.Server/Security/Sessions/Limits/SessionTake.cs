namespace ChatBotKit.Server.Security;

/// <summary>
/// A reservation of a part of a session's limits for work in progress. Disposing it gives the part back, unless <see cref="Keep"/>
/// was called.
/// </summary>
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

    /// <summary>Makes the reservation permanent, because the work is stored.</summary>
    public void Keep()
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            _budget.End();
    }

    /// <summary>Transfers the reservation to a new owner, which keeps it or gives it back.</summary>
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
