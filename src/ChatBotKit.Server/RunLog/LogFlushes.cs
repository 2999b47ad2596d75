namespace ChatBotKit.Server.RunLog;

/// <summary>The callers that wait until their changes to a log are stored. Every method is called under the lock of the log.</summary>
internal sealed class LogFlushes
{
    private readonly List<(long Change, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Returns a task that completes when this change and all before it are stored.</summary>
    public Task Add(long change)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((change, done));
        return done.Task;
    }

    /// <summary>Completes the tasks of all changes up to this one.</summary>
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

    /// <summary>Removes and returns all waiting tasks. The caller fails them after it has released the lock.</summary>
    public TaskCompletionSource[] TakeAll()
    {
        TaskCompletionSource[] all = [.. _waiting.Select(one => one.Done)];
        _waiting.Clear();
        return all;
    }
}
