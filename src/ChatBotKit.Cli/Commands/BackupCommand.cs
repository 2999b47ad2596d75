using System.CommandLine;
using System.Text.Json.Nodes;
using ChatBotKit.Cli.Backups;
using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk backup</c> and <c>cbk restore</c>: downloads a whole server into one file, and restores it.</summary>
internal static class BackupCommand
{
    public static Command Create(Surroundings surroundings, Connection connection)
    {
        var file = new Argument<string>("file") { Description = "The file to make, for example server.tar." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace the file when it is there already." };
        var output = new OutputOptions(surroundings);
        var command = new Command("backup", "Save a running server in one file: database, stored files and keys. The server keeps running. For the owner of the server.")
        {
            file, overwrite,
        };
        output.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            var download = new BackupDownload(connection.Open(parsed).Server, parsed.GetValue(file)!, parsed.GetValue(overwrite));
            await WriteAsync(surroundings, output.Of(parsed), await download.RunAsync(token));
            return ExitCodes.Success;
        });
        return command;
    }

    public static Command CreateRestore(Surroundings surroundings)
    {
        var file = new Argument<string>("file") { Description = "The file that cbk backup has made." };
        var to = new Option<string?>("--to") { Description = "The data directory to make; it may be there when it is empty.", HelpName = "directory" };
        var verifyOnly = new Option<bool>("--verify-only") { Description = "Check the file and restore nothing." };
        var output = new OutputOptions(surroundings);
        var command = new Command("restore", "Restore the data directory of a server from a backup.") { file, to, verifyOnly };
        output.AddTo(command);
        command.Validators.Add(result =>
        {
            if (string.IsNullOrEmpty(result.GetValue(to)) != result.GetValue(verifyOnly))
                result.AddError("Choose one of --to <directory> and --verify-only.");
        });
        command.SetAction(async (parsed, token) =>
        {
            var (backup, directory) = (parsed.GetValue(file)!, parsed.GetValue(to));
            var summary = string.IsNullOrEmpty(directory)
                ? await new BackupFile(backup, backup).VerifyAsync(token)
                : await new DataDirectoryRestore(backup, directory).RunAsync(token);
            await WriteAsync(surroundings, output.Of(parsed), summary);
            if (!string.IsNullOrEmpty(directory))
                await surroundings.Error.WriteLineAsync($"Restored. Start the server with CHATBOTKIT_DATA_DIR={Path.GetFullPath(directory)}");
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task WriteAsync(Surroundings surroundings, OutputFormat format, BackupSummary backup)
    {
        var manifest = backup.Manifest;
        await new ResultWriter(surroundings, format).WriteAsync(new JsonObject
        {
            ["file"] = backup.Name,
            ["size"] = backup.Size,
            ["sha256"] = backup.Sha256,
            ["createdAt"] = manifest.CreatedAt,
            ["server"] = manifest.Server,
            ["schema"] = manifest.Schema,
            ["conversations"] = manifest.Conversations,
            ["messages"] = manifest.Messages,
            ["files"] = manifest.Entries.Count,
            ["missing"] = manifest.Missing.Count,
        });
        if (manifest.Missing.Count > 0)
        {
            await surroundings.Error.WriteLineAsync(
                $"warning: {manifest.Missing.Count} files that the database refers to were missing: deleted during the backup, or lost before. "
                + $"The first is {manifest.Missing[0]}.");
        }
    }
}
