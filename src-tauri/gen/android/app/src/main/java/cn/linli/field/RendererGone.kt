package cn.linli.field

import android.app.Activity
import android.content.Intent
import android.webkit.WebView
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.LifecycleOwner

/**
 * When a phone is short of memory, the system may kill the process that draws the page. Unless
 * somebody takes care of it, the WebView then aborts the whole app. What was typed is safe, since
 * drafts are in the database on every keystroke; so the app starts again by itself when it was in
 * front, and ends quietly when it wasn't.
 *
 * Called from the WebView client, see src-tauri/.cargo/config.toml.
 */
internal object RendererGone {
  @JvmStatic
  fun handle(view: WebView): Boolean {
    val activity = view.context as? Activity ?: return false
    val state = (activity as? LifecycleOwner)?.lifecycle?.currentState
    val start = activity.packageManager.getLaunchIntentForPackage(activity.packageName)?.component
    if (state != null && state.isAtLeast(Lifecycle.State.RESUMED) && start != null) {
      activity.startActivity(Intent.makeRestartActivityTask(start))
    }
    Runtime.getRuntime().exit(0)
    return true
  }
}
