using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Starts the server, and starts it again whenever it is gone.</summary>
internal sealed class Host(World world)
{
    private bool _isStarting;
    private TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatedProcess? Process { get; private set; }

    /// <summary>The server, as soon as one serves.</summary>
    public async Task<SimulatedProcess> GetAsync()
    {
        while (Process is not { IsServing: true })
        {
            if (_isStarting)
            {
                await _serving.Task;
            }
            else if (Process is { IsOver: false })
            {
                // It is being stopped.
                await world.WaitAsync(1_000);
            }
            else
            {
                await StartAsync();
            }
        }
        return Process;
    }

    /// <summary>Stops the server as the operator does: runs are ended, then the process.</summary>
    public async Task StopAsync()
    {
        if (Process is not { IsServing: true } process)
            return;
        process.IsServing = false;
        world.Note("stop");
        try
        {
            await process.CallAsync(async () =>
            {
                await process.Holder.ShutDownAsync(CancellationToken.None);
                return true;
            });
        }
        catch (ConnectionLostException)
        {
            return;
        }
        await world.PauseAsync();
        if (process.IsOver)
            return;
        world.Counts.Restarts++;
        process.End();
    }

    private async Task StartAsync()
    {
        _isStarting = true;
        while (!await TryStartAsync())
            await world.WaitAsync(2_000);
        _isStarting = false;
        var serving = _serving;
        _serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        serving.SetResult();
    }

    /// <summary>A server that cannot end the cut runs does not start.</summary>
    private async Task<bool> TryStartAsync()
    {
        world.Note("start");
        var process = Process = new SimulatedProcess(world);
        try
        {
            if (world.Sabotage != Sabotage.SkipRecovery)
            {
                await process.CallAsync(async () =>
                {
                    await new RunRecovery(process.Engine).EndCutRunsAsync(CancellationToken.None);
                    return true;
                });
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or ConnectionLostException)
        {
            if (!process.IsOver)
                process.End();
            return false;
        }
        catch (Exception exception)
        {
            world.Violate($"the server does not start: {exception}");
            return false;
        }
        process.IsServing = !process.IsOver;
        return process.IsServing;
    }
}
