namespace ChatBotKit.Server.RunLog;

/// <summary>Those who wait until their changes to a log are stored. Every call is made under the lock of the log.</summary>
internal sealed class LogFlushes
{
    private readonly List<(long Change, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Waits for a change and all before it.</summary>
    public Task Add(long change)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((change, done));
        return done.Task;
    }

    /// <summary>Every change up to this one is stored.</summary>
    public void Complete(long stored)
    {
        for (var i = _waiting.Count - 1; i >= 0; i--)
        {
            if (_waiting[i].Change > stored)
                continue;
            _waiting[i].Done.TrySetResult();
            _waiting.RemoveAt(i);
        }
    }

    /// <summary>All that wait, for the caller to fail them once the lock is free.</summary>
    public TaskCompletionSource[] TakeAll()
    {
        TaskCompletionSource[] all = [.. _waiting.Select(one => one.Done)];
        _waiting.Clear();
        return all;
    }
}
