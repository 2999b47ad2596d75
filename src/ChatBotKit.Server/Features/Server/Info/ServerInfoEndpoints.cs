using ChatBotKit.Server.Configuration;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Server.Info;

/// <summary>Describes the server to its owner.</summary>
internal static class ServerInfoEndpoints
{
    /// <summary>How many files are measured. More would keep the request, and the disk, busy for seconds.</summary>
    private const int MaxFiles = 100_000;

    public static IServiceCollection AddServerInfo(this IServiceCollection services) =>
        services.AddSingleton(static provider => new ServerStart(provider.GetRequiredService<TimeProvider>().GetUtcNow()));

    public static void MapServerInfo(this IEndpointRouteBuilder app)
    {
        // Made here, so that it has the time of the start and not that of the first request.
        app.ServiceProvider.GetRequiredService<ServerStart>();
        app.MapApi(group => group.MapGet("/server/info", FetchAsync).WithName("fetchServerInfo")
            .WithSummary("Describes the server: its version, its models and its settings without secrets"));
    }

    private static async Task<JsonAnswer<ServerInfo>> FetchAsync(
        Caller caller, ServerOwner owner, ModelRegistry models, StoreOptions store, IConfiguration configuration, ServerStart start,
        CancellationToken cancellationToken)
    {
        await owner.RequireAsync(caller, cancellationToken);
        var listed = models.List();
        return JsonAnswer.Of(new ServerInfo
        {
            Version = ServerVersion.Text,
            StartedAt = start.At,
            Database = store.Postgres is null ? "sqlite" : "postgresql",
            DataDirectory = Path.GetFullPath(store.DataDirectory),
            DataBytes = Measure(store.DataDirectory, cancellationToken),
            Models = [.. listed.Select(model => model.Model.Id)],
            DefaultModel = listed.First(model => model.IsDefault).Model.Id,
            Features = ServerSettings.Features(configuration),
            Settings = ServerSettings.List(configuration),
        });
    }

    private static long Measure(string directory, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*", options).Take(MaxFiles))
        {
            cancellationToken.ThrowIfCancellationRequested();
            bytes += SizeOf(file);
        }

        return bytes;
    }

    /// <summary>Returns 0 for a file that was deleted meanwhile.</summary>
    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

/// <summary>The time at which the server was started.</summary>
internal sealed record ServerStart(DateTimeOffset At);
