using System.CommandLine;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk completion</c>: prints the script with which a shell completes command lines.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _cbk() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(cbk "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _cbk cbk
        """;

    private const string Zsh = """
        #compdef cbk
        _cbk() {
          local -a suggestions
          suggestions=("${(@f)$(cbk "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
          compadd -- $suggestions
        }
        compdef _cbk cbk
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName cbk -ScriptBlock {
          param($word, $line, $position)
          cbk "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    public static Command Create(Surroundings surroundings)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        var command = new Command("completion", "Print a script for completion, for example: eval \"$(cbk completion bash)\"") { shell };
        command.SetAction(async (parsed, _) =>
        {
            await surroundings.Out.WriteLineAsync(parsed.GetValue(shell) switch { "zsh" => Zsh, "pwsh" => PowerShell, _ => Bash });
            return ExitCodes.Success;
        });
        return command;
    }
}
