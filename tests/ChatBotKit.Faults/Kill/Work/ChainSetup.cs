using System.Diagnostics;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.DueWork;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatBotKit.Faults.Kill.Work;

/// <summary>Adds the chains to the server of this process, when the host reports to diagnostic listeners that it is being built.</summary>
internal sealed class ChainSetup : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private ChainSetup()
    {
    }

    public static void Watch() => DiagnosticListener.AllListeners.Subscribe(new ChainSetup());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
            value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            builder.ConfigureServices(services => services
                .AddSingleton<IDueWorkHandler, ChainHandler>()
                .AddHostedService<ChainStart>());
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    /// <summary>Stores the first item of each chain, once per database.</summary>
    private sealed class ChainStart(IStore store, TimeProvider time) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => store.ChangeAsync(
            async db =>
            {
                if (await db.AnyAsync("""SELECT 1 FROM "DueWork" WHERE "Kind" = $1 LIMIT 1""", ChainHandler.Name))
                    return false;
                for (var chain = 0; chain < ChainHandler.Chains; chain++)
                    await db.AddDueWorkAsync(DueWorkRow.New(ChainHandler.Name, $"{chain}-0", time.GetUtcNow(), time.GetUtcNow()));
                return true;
            },
            cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
