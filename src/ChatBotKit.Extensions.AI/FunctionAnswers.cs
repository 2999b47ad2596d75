using Microsoft.Extensions.AI;

namespace ChatBotKit;

/// <summary>Specifies when the functions of <see cref="ChatOptions.Tools"/> are called.</summary>
public enum FunctionAnswers
{
    /// <summary>
    /// The run ends with the calls, and another one begins with their results. The caller of the
    /// client calls the functions; <c>UseFunctionInvocation</c> does that.
    /// </summary>
    AfterRun,

    /// <summary>
    /// The client calls the functions itself, one after another, while the run waits on a channel, so there is one run and
    /// one request. Use it with a session that may not see calls of functions. Declarations without code, and functions that need an
    /// approval, are left to the caller all the same.
    /// </summary>
    DuringRun,
}
