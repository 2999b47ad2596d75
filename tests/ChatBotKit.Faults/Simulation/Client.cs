using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>A client of conversations, with a session of one of them or as the owner of all.</summary>
internal sealed class Client(World world, string name, KnownSession? session)
{
    private readonly Failures _failures = new(world, session);

    /// <summary>The current action, for the report on a simulation that hangs.</summary>
    public string Doing { get; private set; } = "";

    public override string ToString() => $"{name}: {Doing}";

    public async Task PlayAsync()
    {
        for (var left = world.Random.Next(2, 7); left > 0; left--)
        {
            await world.PauseAsync();
            if (world.Random.Next(3) == 0)
                await world.WaitAsync(5_000);
            var all = world.Ledger.Conversations;
            var conversation = session?.Conversation ?? all.ElementAt(world.Random.Next(all.Count));
            await ActAsync(conversation);
        }
        Doing = "done";
    }

    private Task ActAsync(KnownConversation conversation)
    {
        var action = world.Random.Next(100);
        world.Note(name, $"action {action} in {conversation.Id}");
        Doing = $"action {action} in {conversation.Id}";
        return action switch
        {
            < 35 => AppendAsync(conversation),
            < 70 => StreamAsync(conversation, world.Random.Next(4) == 0 ? RunKinds.Receive : RunKinds.Complete),
            < 80 => DispatchAsync(conversation),
            < 90 => PublishAsync(conversation),
            _ => AbortAsync(conversation),
        };
    }

    private async Task AppendAsync(KnownConversation conversation)
    {
        var text = $"message {world.Ledger.NextNumber()} of {name}";
        var key = NewKey();
        var failure = await RepeatAsync(key, conversation, async endpoints =>
            await endpoints.AppendAsync(session?.Id, conversation.Id, text, key), id =>
            {
                conversation.Acknowledged.Add((id, text));
                world.Counts.Acknowledged++;
            });
        if (failure is not null and not ConnectionLostException)
            world.Ledger.Failed.Add(text);
    }

    private Task StreamAsync(KnownConversation conversation, string kind) =>
        new RunFollower(world, NewRequest(conversation, kind), _failures).PlayAsync();

    private async Task DispatchAsync(KnownConversation conversation)
    {
        // Runs of several conversations may write to the same channel.
        var logId = ChannelOf(world.Random.Next(6) == 0 ? AnyConversation() : conversation)
            ?? ChannelLogs.LogId(session?.Id ?? Endpoints.Account, $"dispatch {world.Ledger.NextNumber()}");
        conversation.Channels.Add(logId);
        var request = NewRequest(conversation, RunKinds.Dispatch) with { ChannelLogId = logId };
        var isTaken = false;
        await RepeatAsync(request.Key, conversation, endpoints => endpoints.DispatchAsync(request), _ => isTaken = true);
        if (isTaken)
            await SubscribeAsync(logId, conversation);
    }

    private KnownConversation AnyConversation() =>
        world.Ledger.Conversations.ElementAt(world.Random.Next(world.Ledger.Conversations.Count));

    private string? ChannelOf(KnownConversation conversation) =>
        world.Random.Next(3) == 0 && conversation.Channels.Count > 0 ? conversation.Channels[0] : null;

    /// <summary>Subscribes for a while. The subscriber of a session may stay until the server ends the stream with the session.</summary>
    private async Task SubscribeAsync(string logId, KnownConversation conversation)
    {
        var history = world.Random.Next(0, 30);
        var process = await world.Host.GetAsync();
        var connection = Connection.Open(world, process, session?.Id, (endpoints, stream) =>
            endpoints.SubscribeAsync(stream, session?.Id, logId, history));
        if (session is null || world.Random.Next(2) == 0)
            _ = LeaveLaterAsync(connection);
        long? last = null;
        while (await connection.ReadAsync() is { } batch)
        {
            if (last is not null && batch.First != last + 1)
                world.Violate($"a subscriber of {logId} gets {batch.First} after {last}");
            last = batch.Last;
        }
        if (connection.End == ConnectionEnd.Stopped)
            _failures.CheckStopped();
        if (connection.Refusal is { } refusal)
            _failures.Explain(refusal, conversation);
    }

    private async Task LeaveLaterAsync(Connection connection)
    {
        await world.WaitAsync(200_000);
        connection.Leave();
    }

    private async Task PublishAsync(KnownConversation conversation)
    {
        if (conversation.Channels.Count == 0)
            return;
        var logId = conversation.Channels[world.Random.Next(conversation.Channels.Count)];
        var number = world.Ledger.NextNumber();
        var message = world.Random.Next(6) == 0 ? $$"""{"abort":true,"n":{{number}}}""" : $$"""{"result":{{number}}}""";
        var key = NewKey();
        await RepeatAsync(key, conversation, endpoints => endpoints.PublishAsync(session?.Id, logId, message, key), _ =>
        {
            world.Ledger.Published.Add((logId, message));
            world.Counts.Acknowledged++;
        });
    }

    private async Task AbortAsync(KnownConversation conversation)
    {
        var runs = world.Ledger.Runs.Where(run => run.Request.Conversation == conversation).ToList();
        if (runs.Count == 0)
            return;
        var run = runs[^world.Random.Next(1, Math.Min(4, runs.Count) + 1)];
        await RepeatAsync(null, conversation, endpoints => endpoints.AbortAsync(run), isGoingOn =>
        {
            if (isGoingOn)
                run.AbortedAt ??= world.Now;
        });
    }

    /// <summary>Sends the request until there is a response, as long as its key allows.</summary>
    /// <returns>The failure of the last try; null when there was a response.</returns>
    private async Task<Exception?> RepeatAsync<T>(
        string? key, KnownConversation conversation, Func<Endpoints, Task<T>> request, Action<T> acknowledged)
    {
        for (var tries = key is null ? 1 : 4; ; tries--)
        {
            var process = await world.Host.GetAsync();
            try
            {
                acknowledged(await process.CallAsync(() => request(new Endpoints(world, process))));
                return null;
            }
            catch (Exception failure)
            {
                if (!_failures.Explain(failure, conversation) || tries == 1)
                    return failure;
            }
            await world.WaitAsync(2_000);
        }
    }

    private RunRequest NewRequest(KnownConversation conversation, string kind) => new(conversation, kind)
    {
        SessionId = session?.Id,
        Text = kind == RunKinds.Receive ? null : $"question {world.Ledger.NextNumber()} of {name}",
        Key = NewKey(),
        Functions = NewFunctions(conversation),
        Before = conversation.Acknowledged.Count,
        Settings = conversation.Settings,
    };

    private EngineFunction[] NewFunctions(KnownConversation conversation)
    {
        if (world.Random.Next(2) == 0)
            return [];
        var channel = $"channel {world.Ledger.NextNumber()}";
        conversation.Channels.Add(ChannelLogs.LogId(session?.Id ?? Endpoints.Account, channel));
        EngineFunction[] all = [SimulatedFunctions.Answered, SimulatedFunctions.OnChannel(channel), SimulatedFunctions.OfCaller];
        return all[..world.Random.Next(1, 4)];
    }

    private string? NewKey() => world.Random.Next(2) == 0 ? $"key-{world.Ledger.NextNumber()}" : null;
}
