using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;

namespace ChatBotKit.Faults.Simulation;

/// <summary>Starts the server, and restarts it whenever it has ended.</summary>
internal sealed class Host(World world)
{
    private bool _isStarting;
    private TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatedProcess? Process { get; private set; }

    /// <summary>A server that the other one considers ended, but that still runs; null when there is none.</summary>
    public SimulatedProcess? First { get; private set; }

    /// <summary>Returns a server as soon as one serves; of two, either.</summary>
    public async Task<SimulatedProcess> GetAsync()
    {
        if (First is { IsServing: true } && world.Random.Next(2) == 0)
            return First;
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

    /// <summary>Stops the server like an operator: runs are ended, then the process.</summary>
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

    /// <summary>Starts a second server, which considers the first one ended.</summary>
    public async Task DoubleAsync()
    {
        if (_isStarting || Process is not { IsServing: true })
            return;
        world.HadTwoHolders = true;
        world.Counts.SecondHolders++;
        world.Note("second holder");
        First = Process;
        await StartAsync();
    }

    /// <summary>Ends the first of two servers. The other one ends its runs.</summary>
    public async Task EndFirstAsync()
    {
        if (First is null)
            return;
        First.Crash();
        First = null;
        while (true)
        {
            var process = await GetAsync();
            try
            {
                await RecoverAsync(process);
                return;
            }
            catch (Exception exception) when (exception is StoreUnavailableException or ConnectionLostException)
            {
                await world.WaitAsync(2_000);
            }
        }
    }

    private static Task<bool> RecoverAsync(SimulatedProcess process) => process.CallAsync(async () =>
    {
        await new RunRecovery(process.Engine).EndCutRunsAsync(CancellationToken.None);
        return true;
    });

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

    /// <summary>Starts a server. If it can't end the interrupted runs, it does not start.</summary>
    private async Task<bool> TryStartAsync()
    {
        world.Note("start");
        var process = Process = new SimulatedProcess(world);
        try
        {
            if (world.Sabotage != Sabotage.SkipRecovery)
                await RecoverAsync(process);
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
