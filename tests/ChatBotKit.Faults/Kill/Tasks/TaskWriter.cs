using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using ChatBotKit.Faults.Kill.Writers;

namespace ChatBotKit.Faults.Kill.Tasks;

/// <summary>
/// Creates tasks until the server is killed. Half of them are due within a second, and the others are triggered. A request without an answer
/// is repeated with its key at the next start.
/// </summary>
internal sealed class TaskWriter(string botId)
{
    private readonly ConcurrentQueue<TaskRecord> _open = new();
    private readonly ConcurrentDictionary<int, TaskRecord> _tasks = new();
    private int _last;

    /// <summary>The tasks that are acknowledged, by number. Each must have exactly one execution, unless it may have been late.</summary>
    public IReadOnlyDictionary<int, TaskRecord> Tasks => _tasks;

    public async Task WriteAsync(ApiConnection api)
    {
        try
        {
            while (true)
                await WriteOneAsync(api, _open.TryDequeue(out var open) ? open : new TaskRecord(Interlocked.Increment(ref _last), TimeProvider.System.GetUtcNow()));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The server was killed.
        }
    }

    /// <summary>Repeats the requests that have no answer.</summary>
    public async Task FinishAsync(ApiConnection api)
    {
        while (_open.TryDequeue(out var open))
            await WriteOneAsync(api, open);
    }

    private async Task WriteOneAsync(ApiConnection api, TaskRecord task)
    {
        try
        {
            var created = await api.PostAsync(new ApiCall("v1/task/create", task.BodyFor(botId), Writer.OwnerSecret, $"create-{task.Number}"));
            task.Id = created.GetProperty("id").GetString()!;
            task.MayHaveBeenLate = task.IsScheduled && TimeProvider.System.GetUtcNow() >= task.DueAt;
            if (!task.IsScheduled)
                await api.PostAsync(new ApiCall($"v1/task/{task.Id}/trigger", "{}", Writer.OwnerSecret, $"trigger-{task.Number}"));
            _tasks[task.Number] = task;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            _open.Enqueue(task);
            throw;
        }
    }
}

/// <summary>The client's knowledge of a task.</summary>
internal sealed class TaskRecord(int number, DateTimeOffset createdAt)
{
    public int Number => number;

    public bool IsScheduled => number % 2 == 0;

    public string? Id { get; set; }

    public DateTimeOffset DueAt { get; } = createdAt.AddMilliseconds(5_000 + (number % 1_000));

    /// <summary>
    /// Whether the request was answered after the time of its schedule. A server that starts slowly may have stored it after that time, and a
    /// schedule in the past is never due.
    /// </summary>
    public bool MayHaveBeenLate { get; set; }

    /// <summary>Returns the body of the request, which is the same in each repetition.</summary>
    public string BodyFor(string botId) => JsonSerializer.Serialize(new
    {
        botId,
        description = TaskModel.DescriptionOf(number),
        sessionDuration = 0,
        schedule = IsScheduled
            // Late enough to be in the future when the request is repeated, unless the server starts slowly.
            ? DueAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture)
            : "never",
    });
}
