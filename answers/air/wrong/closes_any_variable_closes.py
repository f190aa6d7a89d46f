# shows: Adjusting for any variable on a path is thought to close it, and a path without one to be open.
# loses: [check_closes]
# teaches: What happens at a variable to which two arrows of the path lead?
# %% closes
def closes(edges, exposure, outcome, adjusted):
    def effects(cause):
        direct = {effect for one, effect in edges if one == cause}
        return direct.union(*(effects(each) for each in direct))

    def is_closed(path):
        for before, here, after in zip(path, path[1:], path[2:], strict=False):
            if here in adjusted:
                return True
        return False

    back_doors = [path for path in paths(edges, exposure, outcome) if (path[1], exposure) in edges]
    return not effects(exposure) & set(adjusted) and all(is_closed(path) for path in back_doors)
