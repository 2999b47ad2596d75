using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.RunLog;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Starts a run and reads it to its end. Sometimes it disconnects and resumes with the number of the last event.</summary>
internal sealed class RunFollower(World world, RunRequest request, Failures failures)
{
    private const int MostConnections = 12;

    private KnownRun? _run;
    private long _last;
    private string _lastType = "";

    private bool IsRemoved => request.Conversation.IsRemoved;

    public async Task PlayAsync()
    {
        for (var connections = 0; connections < MostConnections; connections++)
        {
            var process = await world.Host.GetAsync();
            var connection = Connection.Open(world, process, request.SessionId, (endpoints, stream) =>
                _run is null ? endpoints.StreamAsync(stream, request) : endpoints.FollowAsync(stream, _run, _last));
            if (_run is not null)
                world.Counts.Resumed++;
            await ReadAsync(connection, batches: world.Random.Next(3) == 0 ? world.Random.Next(0, 5) : int.MaxValue);
            if (_run is null && connection.RunId is { } runId)
                _run = world.Ledger.Run(runId);
            if (_lastType == "result" || !GoesOn(connection))
                return;
            await world.WaitAsync(2_000);
        }
    }

    private async Task ReadAsync(Connection connection, int batches)
    {
        while (await connection.ReadAsync() is { } batch)
        {
            if (batch.First != _last + 1)
                world.Violate($"a reader of {_run?.Id ?? connection.RunId} gets {batch.First} after {_last}");
            foreach (var line in LogLines.Split(batch.Lines))
                _lastType = System.Text.Encoding.UTF8.GetString(LogLines.TypeOf(line.Span));
            _last = batch.Last;
            if (batches-- == 0)
            {
                connection.Leave();
                return;
            }
            await world.PauseAsync();
        }
    }

    /// <summary>Whether there may be further events, and whether the end so far was to be expected.</summary>
    private bool GoesOn(Connection connection)
    {
        world.Note("connection " + connection.End, _run?.Id, _last);
        switch (connection.End)
        {
            case ConnectionEnd.Complete:
                // A server that does not execute the run reads only what is stored so far.
                if (world.HadTwoHolders && _lastType != "error")
                    return true;
                CheckComplete();
                return false;
            case ConnectionEnd.Fault:
                if (!IsRemoved && !world.Ledger.IsTainted(_run!.Id))
                    world.Violate($"{_run.Id} says that it cannot be stored, and nothing failed");
                return true;
            case ConnectionEnd.Stopped:
                failures.CheckStopped();
                return false;
            case ConnectionEnd.Refused:
                return IsWorthRepeating(connection.Refusal!);
            default:
                return _run is not null || request.Key is not null;
        }
    }

    private void CheckComplete()
    {
        if (_lastType != "error" && !IsRemoved && !world.Ledger.IsTainted(_run!.Id))
            world.Violate($"{_run.Id} ends with \"{_lastType}\", event {_last}");
    }

    private bool IsWorthRepeating(Exception refusal)
    {
        if (refusal is ApiException { Code.Code: "NOT_FOUND" } && _run is not null)
        {
            if (!IsRemoved && (_last > 0 || _run.IsAcknowledged))
                world.Violate($"{_run.Id} is not found, after event {_last}");
            return false;
        }
        return failures.Explain(refusal, request.Conversation)
            && (_run is not null || request.Key is not null || refusal is not StoreUnavailableException);
    }
}
