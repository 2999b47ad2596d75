using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Faults.Simulation;

/// <summary>The actors of a simulation, and its end.</summary>
internal sealed class Story(World world)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(10);

    private readonly List<(string Name, Func<string> Doing, Task Task)> _actors = [];

    public static string BackstoryOf(int version) => $"s{version}. You are simulated.";

    /// <summary>Returns the actors that have not finished, with their current actions.</summary>
    public IEnumerable<string> Unfinished() => _actors.Where(actor => !actor.Task.IsCompleted).Select(actor => actor.Doing());

    public async Task PlayAsync()
    {
        Begin();
        await Task.WhenAll(_actors.Select(actor => actor.Task));
        world.Faults.End();
        await EndAsync();
    }

    private void Begin()
    {
        for (var count = world.Random.Next(1, 4); count > 0; count--)
            AddConversation($"conversation-{count}");
        for (var count = world.Random.Next(0, 3); count > 0; count--)
            AddSession($"session-{count}");
        for (var count = world.Random.Next(1, 4); count > 0; count--)
            Add(new Client(world, $"owner-{count}", session: null));
        foreach (var session in world.Ledger.Sessions)
            Add(new Client(world, session.Id, session));
        Add("admin", () => "admin", new Admin(world).PlayAsync());
        if (world.Options.RestartsAtRandom && world.Random.Next(2) == 0)
            Add("restarts", () => "restarts", RestartAsync());
        if (world.Options.MayHaveTwoHolders && world.Random.Next(3) == 0)
            Add("second holder", () => "second holder", DoubleAsync());
    }

    private void AddConversation(string id)
    {
        world.Disk.Conversations.Add(id, new ConversationRow
        {
            Id = id,
            AccountId = Endpoints.Account,
            Backstory = BackstoryOf(0),
            CreatedAt = 1,
            UpdatedAt = 1,
        });
        world.Ledger.Add(new KnownConversation(id));
    }

    private void AddSession(string id)
    {
        var conversations = world.Ledger.Conversations;
        var lifetime = world.Random.Next(30_000, 600_000);
        int? messages = world.Random.Next(2) == 0 ? world.Random.Next(1, 4) : null;
        var session = new KnownSession(id, conversations.ElementAt(world.Random.Next(conversations.Count)))
        {
            ExpiresAt = lifetime,
            Messages = messages,
        };
        world.Ledger.Add(session);
        world.Disk.Sessions.Add(id, new SessionRow
        {
            Id = id,
            AccountId = Endpoints.Account,
            ConversationId = session.Conversation.Id,
            CreatedAt = 1,
            ExpiresAt = world.Clock.GetUtcNow().ToUnixTimeMilliseconds() + lifetime,
            DurationInSeconds = lifetime / 1_000,
            Limits = messages is null ? null : $$"""{"messages":{{messages}}}""",
        });
    }

    private void Add(Client client) => Add(client.ToString(), client.ToString, client.PlayAsync());

    private void Add(string name, Func<string> doing, Task task) => _actors.Add((name, doing, task));

    private async Task RestartAsync()
    {
        for (var left = world.Random.Next(1, 3); left > 0; left--)
        {
            await world.WaitAsync(15_000);
            for (var steps = world.Random.Next(0, 60); steps > 0; steps--)
                await Task.Yield();
            if (world.Random.Next(2) == 0)
                world.Host.Process?.Crash();
            else
                await world.Host.StopAsync();
        }
    }

    /// <summary>Starts a second server while the first one still runs, until the first one ends.</summary>
    private async Task DoubleAsync()
    {
        await world.WaitAsync(15_000);
        for (var steps = world.Random.Next(0, 60); steps > 0; steps--)
            await Task.Yield();
        await world.Host.DoubleAsync();
        await world.WaitAsync(20_000);
        await world.Host.EndFirstAsync();
    }

    /// <summary>Sends no more requests: everything active must end, and nothing may be left over.</summary>
    private async Task EndAsync()
    {
        var process = await world.Host.GetAsync();
        var patience = world.Now + (long)LongestRun.TotalMilliseconds;
        while (world.Now < patience && (Open().Any() || process.Logs.Count > 0 || process.Clock.Timers > 0))
            await world.WaitAsync(30_000);
        foreach (var run in Open())
            world.Violate($"{run.Id} has no end {LongestRun.TotalMinutes} minutes after the last request");
        if (process.Logs.Count > 0)
            world.Violate($"{process.Logs.Count} logs are still held");
        if (process.Clock.Timers > 0)
            world.Violate($"{process.Clock.Timers} timers are still set");

        await world.Host.StopAsync();
        await world.Host.GetAsync();
        await world.Host.StopAsync();
    }

    /// <summary>
    /// Returns the runs without an end, except those that a failure of the store has interrupted, which the next start ends.
    /// </summary>
    private IEnumerable<RunRow> Open() =>
        world.Disk.Runs.Values.Where(run => run.EndedAt is null && !world.Ledger.IsTainted(run.LogId));
}
