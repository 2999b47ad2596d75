using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Specifies when the functions of <see cref="ChatOptions.Tools"/> are called.</summary>
public enum FunctionAnswers
{
    /// <summary>
    /// The run ends with the calls, and another run starts with their results. The caller of the client calls the
    /// functions, for example with <c>UseFunctionInvocation</c>.
    /// </summary>
    AfterRun,

    /// <summary>
    /// The client calls the functions itself, one after another, while the run waits on a channel, so that one run and one
    /// request are enough. Use it with a session that may not see function calls. Declarations without code, and functions
    /// that need an approval, are still left to the caller.
    /// </summary>
    DuringRun,
}
