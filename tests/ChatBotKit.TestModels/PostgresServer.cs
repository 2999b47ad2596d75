using System.Diagnostics;

namespace ChatBotKit.TestModels;

/// <summary>
/// A PostgreSQL server for the tests of one process, from the binaries of a Debian package. It listens on a socket in its own
/// directory, and ends with the process even when the process is killed. Its default collation is that of a language, so that tests
/// fail for a text column without the collation "C".
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The reason why tests are skipped when PostgreSQL is not installed.</summary>
    public const string Missing = "PostgreSQL is not installed: apt-get install postgresql";

    // The input of the script ends when this process ends.
    private const string Script = """
        set -e
        trap '' TERM INT HUP
        umask 077
        directory=$(mktemp -d /tmp/cbkpg.XXXXXX)
        cd "$directory"
        trap 'rm -rf "$directory"' EXIT
        bin=$1
        options="-c listen_addresses= -c unix_socket_directories=$directory -c max_connections=400 -c shared_buffers=64MB $2"
        start() { "$bin/pg_ctl" -D data -w -l log -o "$options" start >/dev/null 2>&1; }
        stop() { "$bin/pg_ctl" -D data -w -m "$1" stop >/dev/null 2>&1; }
        # Sets all, the main process and its children, and stops the main process, so that it starts no others.
        freeze_main() {
          main=$(head -1 data/postmaster.pid)
          kill -STOP "$main"
          all="$main $(cat "/proc/$main/task/$main/children")"
        }
        # Connections outlive the main process for a moment, and would still store what they get. So all processes are killed.
        kill_all() {
          freeze_main
          kill -9 $all
          for one in $all; do while grep -q . "/proc/$one/cmdline" 2>/dev/null; do sleep 0.01; done; done
          all=
        }
        create() {
          if [ -n "$1" ]; then
            "$bin/pg_basebackup" -h "$1" -U cbk -D data -R -X stream --checkpoint=fast --no-sync
          else
            "$bin/initdb" -D data -A trust -U cbk -E UTF8 --locale-provider=icu --icu-locale=en-US --locale=C.UTF-8 --no-sync
          fi
        }
        create "$3" >create.log 2>&1 || { cat create.log >&2; exit 1; }
        start || { cat log >&2; exit 1; }
        echo "$directory"
        set +e
        while read -r command; do
          case "$command" in
            kill) kill_all; echo done ;;
            freeze) freeze_main; kill -STOP $all; echo done ;;
            thaw) kill -CONT $all; all=; echo done ;;
            promote) "$bin/pg_ctl" -D data -w promote >/dev/null 2>&1; echo done ;;
            # Processes of a killed server may still be ending.
            start) n=0; until start || [ $n -eq 50 ]; do n=$((n+1)); sleep 0.2; done; echo done ;;
            stop) stop fast; echo done ;;
          esac
        done
        [ -z "$all" ] || kill -CONT $all 2>/dev/null
        stop immediate
        """;

    private static readonly Lazy<Task<PostgresServer>> Shared = new(() => StartAsync());

    private readonly Process _process;

    private PostgresServer(Process process, string directory) => (_process, Directory) = (process, directory);

    /// <summary>
    /// The directory of the binaries: that of the variable <c>CHATBOTKIT_TEST_POSTGRES</c>, or of the newest Debian package; null when
    /// PostgreSQL is not installed.
    /// </summary>
    public static string? Binaries { get; } = Environment.GetEnvironmentVariable("CHATBOTKIT_TEST_POSTGRES") is { Length: > 0 } chosen
        ? chosen
        : FindInstalled();

    /// <summary>The directory of the socket.</summary>
    public string Directory { get; }

    /// <summary>Returns the server of this process. The first call starts it.</summary>
    public static Task<PostgresServer> GetAsync() => Shared.Value;

    /// <summary>Starts another server, for a test that stops it.</summary>
    /// <param name="isDurable">Whether committed data survives a crash of the server.</param>
    /// <param name="standbyOf">The primary whose standby the server is; null for a server of its own.</param>
    public static async Task<PostgresServer> StartAsync(bool isDurable = false, PostgresServer? standbyOf = null)
    {
        var binaries = Binaries ?? throw new InvalidOperationException(Missing);
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", "sh", "-c", Script, "sh"])
            : new ProcessStartInfo("sh", ["-c", Script, "sh"]);
        start.ArgumentList.Add(binaries);
        start.ArgumentList.Add(isDurable ? "" : "-c fsync=off -c full_page_writes=off");
        start.ArgumentList.Add(standbyOf?.Directory ?? "");
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = "/";
        var process = Process.Start(start)!;
        var directory = await process.StandardOutput.ReadLineAsync();
        return string.IsNullOrEmpty(directory)
            ? throw new InvalidOperationException($"PostgreSQL did not start: {await process.StandardError.ReadToEndAsync()}")
            : new PostgresServer(process, directory);
    }

    /// <summary>Returns the connection string of a database of the server.</summary>
    public string ConnectionString(string database) => $"Host={Directory};Username=cbk;Database={database}";

    /// <summary>Kills the server.</summary>
    public Task KillAsync() => CommandAsync("kill");

    /// <summary>Stops all processes of the server, so that connections stay open and nothing answers.</summary>
    public Task FreezeAsync() => CommandAsync("freeze");

    /// <summary>Continues a frozen server.</summary>
    public Task ThawAsync() => CommandAsync("thaw");

    /// <summary>Makes a standby the primary.</summary>
    public Task PromoteAsync() => CommandAsync("promote");

    /// <summary>Closes all connections and stops the server.</summary>
    public Task StopAsync() => CommandAsync("stop");

    /// <summary>Starts the server again.</summary>
    public Task StartAgainAsync() => CommandAsync("start");

    /// <summary>Stops the server and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? FindInstalled() => System.IO.Directory.Exists("/usr/lib/postgresql")
        ? System.IO.Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")))
            .MaxBy(folder => int.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var version) ? version : 0)
        : null;

    private async Task CommandAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        await _process.StandardOutput.ReadLineAsync();
    }
}
